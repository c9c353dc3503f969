package bellwether.mechanisms.optimal;

import bellwether.core.parallel.Workers;
import bellwether.mechanisms.joint.Evaluation;
import bellwether.mechanisms.joint.PolicyEvaluation;
import bellwether.mechanisms.joint.TypeTensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Controlled types over an infinite horizon: policy iteration (Howard 1960) that begins at the best
 * policy found so far. What a policy is worth is kept part by part, so that at other weights an
 * optimal policy is recognized by one Bellman backup, without evaluating anything.
 */
final class StationaryWelfare implements WeightedWelfare {
  /** Numbers that known policies may take. */
  private static final double MOST_NUMBERS = 1 << 25;

  private static final int MOST_STEPS = 1000;
  private static final double NOISE = 1e-14;

  private final WeightedFlows flows;
  private final TypeTensor tensor;
  private final TypeTensor parts;
  private final double[][] room;
  private final double[] flow;
  private final List<Known> known = new ArrayList<>();
  private final int most;
  private int oldest;
  private long asked;

  /** A policy: its actions, its parts' values by state, and its plane. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Known(int[] policy, double[] value, Plane plane) {}

  StationaryWelfare(WeightedFlows flows, Workers workers) {
    this.flows = flows;
    tensor = TypeTensor.all(flows.environment, workers);
    int[] all = new int[flows.agents];
    java.util.Arrays.setAll(all, i -> i);
    parts = new TypeTensor(flows.environment, all, flows.parts, workers);
    room = new double[2][tensor.length()];
    flow = new double[flows.states];
    most = (int) Math.max(2, Math.min(1 << 14, MOST_NUMBERS / parts.length()));
  }

  @Override
  public Plane at(double... y) {
    asked++;
    Known now = best(y);
    double[] value = new double[flows.states];
    double[] top = new double[flows.states];
    int[] action = new int[flows.states];
    double discount = flows.discount();
    double[] weight = flows.weights(y);
    double least = rounding(y) * (1 - discount);
    for (int step = 0; ; step++) {
      Workers.checkInterrupted();
      combine(now.value, weight, value);
      for (int a = 0; a < flows.actions; a++) {
        flows.flow(a, y, flow);
        double[] later = tensor.expect(a, value, room);
        for (int s = 0; s < value.length; s++) {
          double q = flow[s] + discount * later[s];
          if (a == 0 || q > top[s]) {
            top[s] = q;
            action[s] = a;
          }
        }
      }
      int[] policy = now.policy.clone();
      double gain = 0;
      for (int s = 0; s < value.length; s++) {
        gain = Math.max(gain, top[s] - value[s]);
        if (top[s] - value[s] > least) {
          policy[s] = action[s];
        }
      }
      if (gain <= least || step == MOST_STEPS) {
        Plane plane = now.plane;
        double gap = discount * gain / (1 - discount) + rounding(y);
        return new Plane(plane.slope(), plane.own(), plane.cost(), gap);
      }
      now = evaluate(policy, now.value);
      remember(now);
    }
  }

  private void combine(double[] value, double[] weight, double[] out) {
    for (int s = 0; s < out.length; s++) {
      double sum = 0;
      for (int k = 0; k < weight.length; k++) {
        sum += weight[k] * value[s * weight.length + k];
      }
      out[s] = sum;
    }
  }

  /** The best known policy, or the first action everywhere. */
  private Known best(double... y) {
    Known best = null;
    double most = Double.NEGATIVE_INFINITY;
    for (Known policy : known) {
      double value = policy.plane.value(y);
      if (value > most) {
        most = value;
        best = policy;
      }
    }
    if (best == null) {
      best = evaluate(new int[flows.states], new double[parts.length()]);
      remember(best);
    }
    return best;
  }

  private void remember(Known policy) {
    if (known.size() < most) {
      known.add(policy);
    } else {
      known.set(oldest, policy);
      oldest = (oldest + 1) % most;
    }
  }

  /** All parts of a policy, as well as numbers allow: weights may multiply what is wrong. */
  private Known evaluate(int[] policy, double[] start) {
    int width = flows.parts;
    double[] each = new double[parts.length()];
    int[] wide = new int[each.length];
    double[] largest = new double[width];
    for (int s = 0; s < policy.length; s++) {
      for (int k = 0; k < width; k++) {
        each[s * width + k] = flows.part(k, policy[s], s);
        wide[s * width + k] = policy[s];
        largest[k] = Math.max(largest[k], Math.abs(each[s * width + k]));
      }
    }
    Evaluation found =
        new PolicyEvaluation(parts, wide, flows.actions, flows.discount())
            .solve(each, start, Double.MIN_VALUE);
    double[] value = found.value();
    double[] totals = mean(flows, value);
    double annuity = flows.discount() / (1 - flows.discount());
    for (int k = 0; k < width; k++) {
      // What never flows is worth nothing, not what an evaluation's start has left of it.
      if (Math.abs(totals[k]) <= NOISE * annuity * largest[k]) {
        totals[k] = 0;
      }
    }
    return new Known(policy, value, flows.plane(totals, found.gap()));
  }

  /** d times the mean of every part in the first period. */
  static double[] mean(WeightedFlows flows, double[] value) {
    double[] totals = new double[flows.parts];
    double[] first = flows.first();
    for (int s = 0; s < first.length; s++) {
      if (first[s] != 0) {
        for (int k = 0; k < totals.length; k++) {
          totals[k] += first[s] * value[s * totals.length + k];
        }
      }
    }
    for (int k = 0; k < totals.length; k++) {
      totals[k] *= flows.discount();
    }
    return totals;
  }

  @Override
  public long asked() {
    return asked;
  }

  @Override
  public double rounding(double... y) {
    return 1e-12 * Math.max(1e-6, flows.scale(y));
  }

  @Override
  public String method() {
    return "policyIteration";
  }
}
