package bellwether.mechanisms.efficient;

import java.util.List;

/**
 * How the efficient action is paid for. All take the efficient action x* of the reports; an ex post
 * mechanism asks agent i a price for every action, which the others' reports alone determine.
 */
public sealed interface Mechanism {
  /** The dynamic pivot mechanism (Bergemann and Valimaki 2010). */
  Mechanism PIVOT = new Pivot();

  /** The team mechanism. */
  Mechanism TEAM = new Team();

  /** The budget-balanced mechanism of Athey and Segal (2013). */
  Mechanism BALANCED = new Balanced();

  /** The control that fails. */
  Mechanism STATIC = new Static();

  /** The word of job files. */
  String word();

  /**
   * Each agent pays the flow externality it imposes,
   *
   * <p>p_i = W_-i(theta_-i) - w_-i(x*, theta_-i) - d E[W_-i(theta'_-i) | x*],
   *
   * <p>and is left with its marginal contribution W - W_-i.
   */
  record Pivot() implements Mechanism {
    @Override
    public String word() {
      return "pivot";
    }
  }

  /** Each agent receives what the others get, p_i = -w_-i(x*, theta_-i), and is left with W. */
  record Team() implements Mechanism {
    @Override
    public String word() {
      return "team";
    }
  }

  /**
   * A dynamic Groves mechanism in flow form (Yoon, Definition 1): p_i = -w_-i(x*, theta_-i) +
   * Phi_i(theta_-i) - d E[Phi_i(theta'_-i) | x*], without the last term in the last period. It
   * leaves agent i with W - Phi_i(theta_-i).
   *
   * @param phi by agent: Phi_i by profile of the others' types, the last one's counted fastest; or
   *     a single number, whatever their types
   */
  record Groves(List<double[]> phi) implements Mechanism {
    /** Takes copies. */
    public Groves {
      phi = phi.stream().map(double[]::clone).toList();
    }

    @Override
    public String word() {
      return "groves";
    }
  }

  /**
   * With V_-i(theta) the others' value under x*, agent i is paid for what its report tells of it,
   *
   * <p>gamma_i = -(E[V_-i | r_i] - E[V_-i]), expectations given the last public reports,
   *
   * <p>and pays what its neighbour, agent i + 1 in a circle, is paid: p_i = gamma_i - gamma_(i+1).
   * Payments sum to 0 in every period.
   */
  record Balanced() implements Mechanism {
    @Override
    public String word() {
      return "balanced";
    }
  }

  /**
   * The static externality of the efficient action, p_i = max_a w_-i(a, theta_-i) - w_-i(x*,
   * theta_-i), as if there were no future. Agents can gain by lying in general: a control for
   * audits.
   */
  record Static() implements Mechanism {
    @Override
    public String word() {
      return "static";
    }
  }
}
