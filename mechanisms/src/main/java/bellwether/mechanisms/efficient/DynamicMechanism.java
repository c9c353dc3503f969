package bellwether.mechanisms.efficient;

import bellwether.mechanisms.environment.Environment;
import bellwether.mechanisms.joint.ProfileSpace;
import bellwether.mechanisms.joint.TypeTensor;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An efficient mechanism on an environment with tables: who pays what, at a profile, at all
 * profiles and in expectation.
 *
 * <p>Cost of all payments of an agent: the modes of the others' types once an action. Methods make
 * new arrays; one thread at a time may call them.
 */
public final class DynamicMechanism {
  private final WelfareTables tables;
  private final Mechanism mechanism;
  private final Environment environment;
  private final ProfileSpace space;
  private final @Nullable Prices prices;
  private final @Nullable BalancedTransfers balanced;
  private final PolicyValues values;

  private DynamicMechanism(WelfareTables tables, Mechanism mechanism) {
    this.tables = tables;
    this.mechanism = mechanism;
    environment = tables.environment();
    space = tables.space();
    values = new PolicyValues(tables);
    if (mechanism instanceof Mechanism.Balanced) {
      prices = null;
      balanced = new BalancedTransfers(this);
    } else {
      prices = new Prices(tables, mechanism);
      balanced = null;
    }
  }

  /**
   * A mechanism.
   *
   * @throws IllegalArgumentException when a Groves mechanism's Phi does not fit, or the mechanism
   *     is the balanced one and there are less than two agents or one has no initial law
   */
  public static DynamicMechanism of(WelfareTables tables, Mechanism mechanism) {
    return new DynamicMechanism(tables, mechanism);
  }

  /** The solved environment. */
  public WelfareTables tables() {
    return tables;
  }

  /** How it is paid for. */
  public Mechanism mechanism() {
    return mechanism;
  }

  /**
   * The menus of an ex post mechanism.
   *
   * @throws IllegalStateException for the balanced mechanism
   */
  public Prices prices() {
    if (prices == null) {
      throw new IllegalStateException("the balanced mechanism has no ex post prices");
    }
    return prices;
  }

  /**
   * The transfers of the balanced mechanism.
   *
   * @throws IllegalStateException for the others
   */
  public BalancedTransfers balanced() {
    if (balanced == null) {
      throw new IllegalStateException("mechanism " + mechanism.word() + " has no gamma");
    }
    return balanced;
  }

  /** The largest error of what was evaluated under the efficient policy so far. */
  public double evaluationGap() {
    return values.gap();
  }

  /**
   * What happens at a profile; for the balanced mechanism in the first period.
   *
   * @param period from 0; 0 for an infinite horizon
   * @param physical the physical state
   * @param profile one type of every agent
   */
  public Outcome outcome(int period, int physical, int... profile) {
    return balanced == null
        ? exPost(period, physical, profile)
        : interim(period, physical, balanced.beginning(), profile);
  }

  /**
   * What happens under the balanced mechanism at a profile, after public reports.
   *
   * @param period of the profile, at least 1 with a horizon
   * @param before the physical state and the reports of the period before
   */
  public Outcome outcome(int period, BalancedTransfers.History before, int... profile) {
    return interim(period, before.physical(), before, profile);
  }

  private Outcome exPost(int period, int physical, int... profile) {
    int n = environment.size();
    double[] payment = new double[n];
    double[] utility = new double[n];
    boolean groves = mechanism instanceof Mechanism.Groves;
    double[] transfer = new double[groves ? n : 0];
    int state = state(period, physical, profile);
    int action = tables.action(period)[state];
    double welfare = tables.welfare(period)[state];
    Prices menu = prices();
    for (int i = 0; i < n; i++) {
      payment[i] = menu.price(period, i, action, physical, profile);
      if (mechanism instanceof Mechanism.Static) {
        utility[i] = utilities(period, i)[state];
      } else {
        utility[i] = welfare - menu.fee(period, i, space.without(i, state));
      }
      if (groves) {
        transfer[i] = ownValue(period, i)[state] - utility[i];
      }
    }
    return outcome(period, physical, profile, payment, utility, transfer, new double[0]);
  }

  private Outcome interim(
      int period, int physical, BalancedTransfers.History before, int... profile) {
    BalancedTransfers transfers = balanced();
    state(period, physical, profile);
    double[] gamma = transfers.gamma(period, before, profile);
    int n = gamma.length;
    double[] payment = new double[n];
    for (int i = 0; i < n; i++) {
      payment[i] = gamma[i] - gamma[(i + 1) % n];
    }
    double[] utility = transfers.utility(period, before, profile);
    return outcome(period, physical, profile, payment, utility, new double[0], gamma);
  }

  private int state(int period, int physical, int... profile) {
    environment.checkProfile(profile);
    Objects.checkIndex(physical, space.physicalStates());
    if (!environment.isInfinite()) {
      Objects.checkIndex(period, environment.horizon());
    }
    return space.state(physical, profile);
  }

  private Outcome outcome(
      int period,
      int physical,
      int[] profile,
      double[] payment,
      double[] utility,
      double[] transfer,
      double[] gamma) {
    int n = environment.size();
    int state = space.state(physical, profile);
    double welfare = tables.welfare(period)[state];
    int action = tables.action(period)[state];
    double[] without = new double[n];
    double[] marginal = new double[n];
    double[] flow = new double[n];
    Prices pivot =
        prices != null && mechanism instanceof Mechanism.Pivot
            ? prices
            : new Prices(tables, Mechanism.PIVOT);
    for (int i = 0; i < n; i++) {
      without[i] = tables.without(period, i)[space.without(i, state)];
      marginal[i] = welfare - without[i];
      // W = w(x*) + d E W turns M_i - d E M_i into the value less the pivot payment.
      flow[i] =
          environment.agent(i).value(action, profile[i])
              - pivot.price(period, i, action, physical, profile);
    }
    return new Outcome(welfare, action, without, marginal, flow, payment, utility, transfer, gamma);
  }

  /** What agent i pays in a period at every joint state, when reports are truthful. */
  public double[] payments(int period, int i) {
    double[][] menu = prices().menu(period, i);
    int[] action = tables.action(period);
    double[] payment = new double[action.length];
    for (int s = 0; s < payment.length; s++) {
      payment[s] = menu[action[s]][space.without(i, s)];
    }
    return payment;
  }

  /** M_i = W - W_-i at every joint state. */
  public double[] marginalContributions(int period, int i) {
    double[] marginal = tables.welfare(period).clone();
    double[] without = tables.without(period, i);
    for (int s = 0; s < marginal.length; s++) {
      marginal[s] -= without[space.without(i, s)];
    }
    return marginal;
  }

  /** v_i(x*, theta_i) at every joint state. */
  public double[] ownFlow(int period, int i) {
    return values.ownFlow(period, i);
  }

  /** V_i: what agent i's own values are worth from a period on under x*. */
  public double[] ownValue(int period, int i) {
    return evaluate(period, t -> ownFlow(t, i), null);
  }

  /** V_-i: what all others and the designer get from a period on under x*. */
  public double[] othersValue(int period, int i) {
    return evaluate(period, t -> values.othersFlow(t, i), null);
  }

  /** Z_i: E of the discounted sum of agent i's payments from a period on, when all are truthful. */
  public double[] transfers(int period, int i) {
    return evaluate(period, t -> payments(t, i), null);
  }

  /** What the designer's values are worth from a period on under x*. */
  public double[] designerWorth(int period) {
    return evaluate(period, values::designerFlow, null);
  }

  /**
   * U_i of truthful agents from a period on, at every joint state; for the ex post mechanisms.
   * Pivot: W - W_-i; team: W; Groves: W - Phi_i; static: the value of v_i - p_i under x*.
   */
  public double[] utilities(int period, int i) {
    if (mechanism instanceof Mechanism.Static) {
      return evaluate(period, t -> netFlow(t, i), null);
    }
    Prices menu = prices();
    double[] utility = tables.welfare(period).clone();
    for (int s = 0; s < utility.length; s++) {
      utility[s] -= menu.fee(period, i, space.without(i, s));
    }
    return utility;
  }

  /** v_i(x*) - p_i at every joint state. */
  public double[] netFlow(int period, int i) {
    double[] flow = ownFlow(period, i);
    double[] payment = payments(period, i);
    for (int s = 0; s < flow.length; s++) {
      flow[s] -= payment[s];
    }
    return flow;
  }

  /** A flow by period. */
  @FunctionalInterface
  public interface Flow {
    /** By joint state. */
    double[] in(int period);
  }

  /**
   * What a flow is worth from a period on under x*, by joint state.
   *
   * @param start a guess for an infinite horizon, or null
   */
  public double[] evaluate(int period, Flow flow, double @Nullable [] start) {
    return values.evaluate(period, flow, start);
  }

  /** E W from the prior and the initial physical state. */
  public double expectedWelfare() {
    return mean(tables.welfare(0));
  }

  /** E of the discounted sum of all payments, from the prior. */
  public double expectedRevenue() {
    double revenue = 0;
    switch (mechanism) {
      case Mechanism.Balanced _ -> {}
      case Mechanism.Static _ -> {
        int n = environment.size();
        revenue =
            mean(
                evaluate(
                    0,
                    t -> {
                      double[] sum = new double[space.states()];
                      for (int i = 0; i < n; i++) {
                        double[] payment = payments(t, i);
                        for (int s = 0; s < sum.length; s++) {
                          sum[s] += payment[s];
                        }
                      }
                      return sum;
                    },
                    null));
      }
      case Mechanism.Pivot _, Mechanism.Team _, Mechanism.Groves _ -> {
        // Payments are values less utilities, and values sum to W less the designer's part.
        revenue = expectedWelfare();
        if (!environment.designerIndifferent()) {
          revenue -= mean(designerWorth(0));
        }
        for (int i = 0; i < environment.size(); i++) {
          revenue -= mean(utilities(0, i));
        }
      }
    }
    return revenue;
  }

  /** E U_i from the prior. */
  public double expectedUtility(int i) {
    if (balanced != null) {
      return expectedWelfare() - mean(balanced.othersValue(0, i));
    }
    return mean(utilities(0, i));
  }

  /** E Z_i from the prior: the discounted sum of agent i's payments; one evaluation more. */
  public double expectedPayment(int i) {
    return balanced != null ? 0 : mean(ownValue(0, i)) - expectedUtility(i);
  }

  /**
   * The mean of a function of joint states under the prior, in the initial physical state.
   *
   * @throws IllegalStateException when an agent has no initial law
   */
  public double mean(double[] f) {
    return tables.tensor().mean(environment.physical().initial(), prior(environment), f);
  }

  static double[][] prior(Environment environment) {
    double[][] law = new double[environment.size()][];
    for (int i = 0; i < law.length; i++) {
      double[] initial = environment.agent(i).initial();
      if (initial == null) {
        throw new IllegalStateException("agents[" + i + "] has no initial law");
      }
      law[i] = initial;
    }
    return law;
  }

  /** The tensor of all types, for expectations. */
  TypeTensor tensor() {
    return tables.tensor();
  }
}
