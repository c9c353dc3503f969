package bellwether.mechanisms.efficient;

import bellwether.mechanisms.environment.Environment;
import bellwether.mechanisms.joint.ProfileSpace;
import java.util.function.IntPredicate;

/** Definitions written out state by state, with nothing clever: what the engine is held against. */
public final class BruteForce {
  private static final int MANY = 400;

  public final Environment environment;
  public final ProfileSpace space;
  public final int periods;

  /** [period][state]; one period for an infinite horizon. */
  public final double[][] welfare;

  public final int[][] action;

  /** [agent][period][state], constant in the agent's own type. */
  public final double[][][] without;

  public BruteForce(Environment environment) {
    this.environment = environment;
    space = new ProfileSpace(environment);
    periods = Math.max(1, environment.horizon());
    welfare = new double[periods][space.states()];
    action = new int[periods][space.states()];
    optimize(j -> true, welfare, action);
    without = new double[environment.size()][periods][space.states()];
    for (int i = 0; i < environment.size(); i++) {
      int out = i;
      optimize(j -> j != out, without[i], new int[periods][space.states()]);
    }
  }

  /** Sum of v_j(a) over some agents, and the designer's value. */
  public double flow(IntPredicate counts, int s, int a) {
    double sum = environment.designerValue(a);
    for (int j = 0; j < environment.size(); j++) {
      if (counts.test(j)) {
        sum += environment.agent(j).value(a, space.type(s, j));
      }
    }
    return sum;
  }

  /** E[f(next)] in state s under action a. */
  public double expect(double[] f, int s, int a) {
    int k = environment.physical().next(space.physical(s), a);
    return expect(f, s, a, 0, k * space.profiles(), 1);
  }

  private double expect(double[] f, int s, int a, int i, int base, double weight) {
    if (i == environment.size()) {
      return weight * f[base];
    }
    double[] sum = {0};
    environment
        .agent(i)
        .transition(a)
        .forEachSuccessor(
            space.type(s, i),
            (u, p) -> sum[0] += expect(f, s, a, i + 1, base + u * space.stride(i), weight * p));
    return sum[0];
  }

  public boolean feasible(int s, int a) {
    return environment.physical().feasible(space.physical(s), a);
  }

  private void optimize(IntPredicate counts, double[][] value, int[][] best) {
    for (int round = environment.isInfinite() ? MANY : periods; round > 0; round--) {
      int t = environment.isInfinite() ? 0 : round - 1;
      double[] next = environment.isInfinite() ? value[0] : t + 1 < periods ? value[t + 1] : null;
      double[] now = new double[space.states()];
      for (int s = 0; s < now.length; s++) {
        now[s] = Double.NEGATIVE_INFINITY;
        for (int a = 0; a < environment.actions(); a++) {
          if (feasible(s, a)) {
            double q = flow(counts, s, a);
            q += next == null ? 0 : environment.discount() * expect(next, s, a);
            if (q > now[s] + 1e-9) {
              best[t][s] = a;
            }
            now[s] = Math.max(now[s], q);
          }
        }
      }
      value[t] = now;
    }
  }

  /** A flow by period, state. */
  public interface Flow {
    double in(int t, int s);
  }

  /** What a flow is worth under the efficient policy, [period][state]. */
  public double[][] evaluate(Flow flow) {
    double[][] value = new double[periods][space.states()];
    for (int round = environment.isInfinite() ? MANY : periods; round > 0; round--) {
      int t = environment.isInfinite() ? 0 : round - 1;
      double[] next = environment.isInfinite() ? value[0] : t + 1 < periods ? value[t + 1] : null;
      double[] now = new double[space.states()];
      for (int s = 0; s < now.length; s++) {
        now[s] = flow.in(t, s);
        if (next != null) {
          now[s] += environment.discount() * expect(next, s, action[t][s]);
        }
      }
      value[t] = now;
    }
    return value;
  }

  public double[] next(double[][] value, int t) {
    if (environment.isInfinite()) {
      return value[0];
    }
    return t + 1 < periods ? value[t + 1] : new double[space.states()];
  }

  /** p_i by definition when action a is taken in state s. */
  public double price(Mechanism mechanism, int i, int t, int s, int a) {
    double others = flow(j -> j != i, s, a);
    double discount = environment.discount();
    return switch (mechanism) {
      case Mechanism.Pivot _ ->
          without[i][t][s] - others - discount * expect(next(without[i], t), s, a);
      case Mechanism.Team _ -> -others;
      case Mechanism.Groves groves -> {
        double[] phi = groves.phi().get(i);
        double[] all = new double[space.states()];
        for (int x = 0; x < all.length; x++) {
          int reduced = space.without(i, x) % (space.profiles() / space.types(i));
          all[x] = phi[phi.length == 1 ? 0 : reduced];
        }
        boolean last = !environment.isInfinite() && t == periods - 1;
        yield all[s] - others - (last ? 0 : discount * expect(all, s, a));
      }
      case Mechanism.Static _ -> {
        double most = Double.NEGATIVE_INFINITY;
        for (int b = 0; b < environment.actions(); b++) {
          if (feasible(s, b)) {
            most = Math.max(most, flow(j -> j != i, s, b));
          }
        }
        yield most - others;
      }
      case Mechanism.Balanced _ -> throw new IllegalArgumentException("balanced");
    };
  }

  /** U_i, [period][state]. */
  public double[][] utility(Mechanism mechanism, int i) {
    return evaluate(
        (t, s) ->
            environment.agent(i).value(action[t][s], space.type(s, i))
                - price(mechanism, i, t, s, action[t][s]));
  }

  /** The best one lie over all periods, states, agents, reports. */
  public double largestGain(Mechanism mechanism) {
    double gain = 0;
    for (int i = 0; i < environment.size(); i++) {
      double[][] truth = utility(mechanism, i);
      for (int t = 0; t < periods; t++) {
        for (int s = 0; s < space.states(); s++) {
          for (int r = 0; r < space.types(i); r++) {
            gain = Math.max(gain, worth(mechanism, truth, i, t, s, r) - truth[t][s]);
          }
        }
      }
    }
    return gain;
  }

  private double worth(Mechanism mechanism, double[][] after, int i, int t, int s, int report) {
    int reported = space.with(i, space.without(i, s), report);
    int a = action[t][reported];
    return environment.agent(i).value(a, space.type(s, i))
        - price(mechanism, i, t, reported, a)
        + environment.discount() * expect(next(after, t), s, a);
  }

  /** The best strategy of lies, over all starts. */
  public double largestStrategyGain(Mechanism mechanism) {
    double gain = 0;
    for (int i = 0; i < environment.size(); i++) {
      double[][] truth = utility(mechanism, i);
      double[][] value = new double[periods][];
      for (int t = 0; t < periods; t++) {
        value[t] = truth[t].clone();
      }
      for (int round = environment.isInfinite() ? MANY : periods; round > 0; round--) {
        int t = environment.isInfinite() ? 0 : round - 1;
        double[] now = new double[space.states()];
        for (int s = 0; s < now.length; s++) {
          now[s] = Double.NEGATIVE_INFINITY;
          for (int r = 0; r < space.types(i); r++) {
            now[s] = Math.max(now[s], worth(mechanism, value, i, t, s, r));
          }
        }
        value[t] = now;
      }
      for (int t = 0; t < periods; t++) {
        for (int s = 0; s < space.states(); s++) {
          gain = Math.max(gain, value[t][s] - truth[t][s]);
        }
      }
    }
    return gain;
  }

  /** The mean of f in the initial physical state under the prior. */
  public double mean(double[] f) {
    double sum = 0;
    for (int x = 0; x < space.profiles(); x++) {
      double weight = 1;
      for (int i = 0; i < environment.size(); i++) {
        weight *=
            java.util.Objects.requireNonNull(environment.agent(i).initial())[space.type(x, i)];
      }
      sum += weight * f[environment.physical().initial() * space.profiles() + x];
    }
    return sum;
  }
}
