package bellwether.mechanisms.efficient;

import bellwether.core.parallel.Workers;
import bellwether.mechanisms.environment.Agent;
import bellwether.mechanisms.environment.Environment;
import bellwether.mechanisms.environment.SeparableObjective;
import bellwether.mechanisms.environment.Structure;
import bellwether.mechanisms.joint.Evaluation;
import bellwether.mechanisms.joint.PolicyEvaluation;
import bellwether.mechanisms.joint.TypeTensor;
import java.util.Arrays;
import java.util.List;

/**
 * Types that nobody controls and an objective that is a sum over agents: W is the sum of what each
 * agent is worth by itself, W(theta) = base + sum_i W_i(theta_i), each W_i a linear evaluation over
 * the types of one agent.
 */
public final class SeparableWelfare implements ProfileWelfare {
  private static final double TIE = 1e-9;

  private final Environment environment;
  private final SeparableObjective objective;

  /** [agent][type]: W_i, and its mean one period later. */
  private final double[][] worth;

  private final double[][] later;
  private final double gap;

  /**
   * Evaluates every agent.
   *
   * @throws IllegalArgumentException when types are controlled, there is a physical state or the
   *     objective does not fall apart, saying which
   */
  public SeparableWelfare(Environment environment, Workers workers) {
    this.environment = environment;
    Structure structure = Structure.of(environment);
    String refusal = structure.separableRefusal();
    SeparableObjective parts = structure.separable();
    if (refusal != null || parts == null) {
      throw new IllegalArgumentException("the objective does not separate: " + refusal);
    }
    objective = parts;
    int n = environment.size();
    worth = new double[n][];
    later = new double[n][];
    double error = 0;
    for (int i = 0; i < n; i++) {
      error += evaluate(i, workers);
    }
    gap = error;
  }

  /** Finds W_i and its mean next period; returns the error. */
  private double evaluate(int i, Workers workers) {
    Agent agent = environment.agent(i);
    int types = agent.types();
    Environment alone =
        Environment.of(
            List.of(Agent.of(new double[1][types], agent.transition(0))),
            environment.isInfinite() ? environment.discount() : 0);
    TypeTensor tensor = TypeTensor.all(alone, workers);
    double[] flow = new double[types];
    Arrays.setAll(flow, t -> objective.best(environment, i, t));
    double[][] room = new double[2][types];
    double[] value = new double[types];
    double[] before = value;
    double error = 0;
    if (environment.isInfinite()) {
      double asked = WelfareTables.defaultTolerance(environment) / environment.size();
      Evaluation found =
          new PolicyEvaluation(tensor, new int[types], 1, environment.discount())
              .solve(flow, null, asked);
      value = found.value();
      before = value;
      error = found.gap();
    } else {
      for (int t = 0; t < environment.horizon(); t++) {
        double[] expected = tensor.expect(0, value, room);
        double[] next = flow.clone();
        for (int s = 0; s < types; s++) {
          next[s] += environment.discount() * expected[s];
        }
        before = value;
        value = next;
      }
    }
    worth[i] = value;
    // What is worth something next period is a period shorter where the horizon is finite.
    later[i] = tensor.expect(0, before, room).clone();
    return error;
  }

  @Override
  public Environment environment() {
    return environment;
  }

  @Override
  public int action(int... profile) {
    double best = Double.NEGATIVE_INFINITY;
    double[] flow = new double[environment.actions()];
    double size = 0;
    for (int a = 0; a < flow.length; a++) {
      flow[a] = environment.flow(a, profile);
      best = Math.max(best, flow[a]);
      size = Math.max(size, Math.abs(flow[a]));
    }
    int a = 0;
    while (!(best - flow[a] < TIE * (1 + size))) {
      a++;
    }
    return a;
  }

  @Override
  public Values values(int... profile) {
    environment.checkProfile(profile);
    double[] own = new double[profile.length];
    Arrays.setAll(own, i -> worth[i][profile[i]]);
    return sum(own, environment.annuity());
  }

  @Override
  public Values expected() {
    double[][] law = DynamicMechanism.prior(environment);
    double[] own = new double[law.length];
    for (int i = 0; i < own.length; i++) {
      for (int t = 0; t < law[i].length; t++) {
        own[i] += law[i][t] * worth[i][t];
      }
    }
    return sum(own, environment.annuity());
  }

  @Override
  public Values after(int action, int... profile) {
    environment.checkProfile(profile);
    double[] own = new double[profile.length];
    Arrays.setAll(own, i -> later[i][profile[i]]);
    double first = environment.isInfinite() ? 0 : 1;
    double discount = environment.discount();
    double annuity =
        discount == 0
            ? (environment.horizon() == 1 ? 0 : 1)
            : environment.isInfinite()
                ? environment.annuity()
                : (environment.annuity() - first) / discount;
    return sum(own, annuity);
  }

  private Values sum(double[] own, double annuity) {
    double welfare = objective.base() * annuity;
    for (double part : own) {
      welfare += part;
    }
    double[] without = new double[own.length];
    for (int i = 0; i < own.length; i++) {
      double rest = (objective.base() + objective.bestWithout(i)) * annuity;
      for (int j = 0; j < own.length; j++) {
        rest += j == i ? 0 : own[j];
      }
      without[i] = rest;
    }
    return new Values(welfare, without, gap);
  }

  @Override
  public double next(int i, Values values, int action, int... profile) {
    double now = objective.base() + objective.bestWithout(i);
    for (int j = 0; j < profile.length; j++) {
      now += j == i ? 0 : objective.best(environment, j, profile[j]);
    }
    return values.without()[i] - now;
  }
}
