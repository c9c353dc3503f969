package bellwether.mechanisms.efficient;

import bellwether.mechanisms.environment.Agent;
import bellwether.mechanisms.environment.Environment;
import bellwether.mechanisms.joint.Evaluation;
import bellwether.mechanisms.joint.PolicyEvaluation;
import bellwether.mechanisms.joint.ProfileSpace;
import org.jspecify.annotations.Nullable;

/**
 * What flows are worth under the efficient policy, by joint state: linear evaluations, backward
 * over a finite horizon. One thread at a time may use it.
 */
final class PolicyValues {
  private final WelfareTables tables;
  private final Environment environment;
  private final ProfileSpace space;
  private final @Nullable PolicyEvaluation evaluation;
  private double gap;

  PolicyValues(WelfareTables tables) {
    this.tables = tables;
    environment = tables.environment();
    space = tables.space();
    evaluation =
        environment.isInfinite()
            ? new PolicyEvaluation(
                tables.tensor(), tables.action(0), environment.actions(), environment.discount())
            : null;
  }

  /** The largest error so far. */
  double gap() {
    return gap;
  }

  /**
   * What a flow is worth from a period on.
   *
   * @param start a guess for an infinite horizon, or null
   */
  double[] evaluate(int period, DynamicMechanism.Flow flow, double @Nullable [] start) {
    if (evaluation != null) {
      Evaluation found =
          evaluation.solve(flow.in(0), start, WelfareTables.defaultTolerance(environment) / 4);
      gap = Math.max(gap, found.gap());
      return found.value();
    }
    FlowEvaluation backward = new FlowEvaluation(environment, tables.tensor());
    double[] value = null;
    for (int t = tables.periods() - 1; t > period; t--) {
      value = backward.step(tables.action(t), flow.in(t), value);
    }
    return backward.step(tables.action(period), flow.in(period), value);
  }

  /** v_i(x*, theta_i). */
  double[] ownFlow(int period, int i) {
    Agent agent = environment.agent(i);
    int[] action = tables.action(period);
    double[] flow = new double[action.length];
    for (int s = 0; s < flow.length; s++) {
      flow[s] = agent.value(action[s], space.type(s, i));
    }
    return flow;
  }

  /** v_0(x*). */
  double[] designerFlow(int period) {
    int[] action = tables.action(period);
    double[] flow = new double[action.length];
    for (int s = 0; s < flow.length; s++) {
      flow[s] = environment.designerValue(action[s]);
    }
    return flow;
  }

  /** w_-i(x*, theta_-i). */
  double[] othersFlow(int period, int i) {
    double[] flow = designerFlow(period);
    for (int j = 0; j < space.agents(); j++) {
      if (j != i) {
        double[] own = ownFlow(period, j);
        for (int s = 0; s < flow.length; s++) {
          flow[s] += own[s];
        }
      }
    }
    return flow;
  }
}
