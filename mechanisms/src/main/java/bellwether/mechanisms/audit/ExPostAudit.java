package bellwether.mechanisms.audit;

import bellwether.core.parallel.Workers;
import bellwether.mechanisms.efficient.DynamicMechanism;
import bellwether.mechanisms.efficient.WelfareTables;
import bellwether.mechanisms.environment.Agent;
import bellwether.mechanisms.environment.Environment;
import bellwether.mechanisms.joint.ProfileSpace;
import bellwether.mechanisms.joint.TypeTensor;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Audits a mechanism with ex post prices in every period, physical state and profile.
 *
 * <p>Utilities of truthful agents come from the flows v_i - p_i alone, evaluated under the
 * efficient policy; no closed form is believed. A report r of agent i is worth
 *
 * <p>v_i(x*(r, theta_-i), theta_i) - p_i(r, theta_-i) + d E[U_i | x*(r, theta_-i), theta].
 *
 * <p>Since the report only chooses an action, and the price of an action does not depend on it, all
 * reports that lead to one action are looked at together. Cost: the modes of all agents once for
 * each agent and action; for the best strategy of many lies, once more a sweep, where one lie gains
 * anything.
 */
public final class ExPostAudit {
  /** Multiplications that are spent on one agent's strategies. */
  private static final double MOST_WORK = 3e11;

  private final DynamicMechanism mechanism;
  private final WelfareTables tables;
  private final Environment environment;
  private final ProfileSpace space;
  private final TypeTensor tensor;
  private final double[][] room;
  private final double tolerance;
  private final Consumer<String> progress;

  /** What one unit of each agent's own money counts in the mechanism. */
  private final double[] weight;

  private double gain;
  private Place worst = Place.NOWHERE;
  private double multi;
  private double least = Double.POSITIVE_INFINITY;
  private Place poorest = Place.NOWHERE;
  private double imbalance;
  private double deficit;
  private double looked;
  private double multiGap;

  private ExPostAudit(DynamicMechanism mechanism, double[] weight, Consumer<String> progress) {
    this.mechanism = mechanism;
    this.weight = weight;
    this.progress = progress;
    tables = mechanism.tables();
    environment = tables.environment();
    space = tables.space();
    tensor = tables.tensor();
    room = new double[2][tensor.length()];
    tolerance = 4 * WelfareTables.defaultTolerance(environment);
  }

  /**
   * Audits.
   *
   * @param progress hears how far it is
   * @throws IllegalStateException for the balanced mechanism, see {@link BalancedAudit}
   * @throws java.util.concurrent.CancellationException when the thread is interrupted
   */
  public static AuditReport of(DynamicMechanism mechanism, Consumer<String> progress) {
    double[] one = new double[mechanism.tables().environment().size()];
    java.util.Arrays.fill(one, 1);
    return of(mechanism, one, progress);
  }

  /**
   * Audits a mechanism in whose environment the values of agents are multiplied by weights: what it
   * says of gains, utilities and payments is divided by them.
   *
   * @param weight by agent, greater than 0
   * @throws IllegalStateException for the balanced mechanism, see {@link BalancedAudit}
   * @throws java.util.concurrent.CancellationException when the thread is interrupted
   */
  public static AuditReport of(
      DynamicMechanism mechanism, double[] weight, Consumer<String> progress) {
    return new ExPostAudit(mechanism, weight.clone(), progress).run();
  }

  private AuditReport run() {
    int n = environment.size();
    int periods = tables.periods();
    double[][] sums = new double[periods][space.states()];
    for (int i = 0; i < n; i++) {
      double[] utility = new double[0];
      double[] best = new double[0];
      for (int t = periods - 1; t >= 0; t--) {
        Workers.checkInterrupted();
        progress.accept(
            String.format(Locale.ROOT, "audit of agent %d, period %d, gain %.3g", i, t, gain));
        double[][] menu = mechanism.prices().menu(t, i);
        double[] now = utility(t, i, menu, utility, sums[t]);
        boolean[][] reach = reach(t, i);
        double[] after = environment.isInfinite() ? now : utility;
        double[] improved = improve(t, i, menu, reach, after, now, true);
        if (environment.isInfinite()) {
          multi = Math.max(multi, strategy(i, menu, reach, now, improved) / weight[i]);
        } else {
          best = best.length == 0 ? improved : improve(t, i, menu, reach, best, now, false);
          multi = Math.max(multi, largestDifference(best, now) / weight[i]);
        }
        utility = now;
      }
    }
    for (double[] sum : sums) {
      for (double paid : sum) {
        imbalance = Math.max(imbalance, Math.abs(paid));
        deficit = Math.max(deficit, -paid);
      }
    }
    return new AuditReport(
        gain,
        worst,
        Math.max(gain, multi),
        least,
        poorest,
        imbalance,
        deficit,
        (mechanism.evaluationGap() + tables.gap() + multiGap) / least(weight),
        looked);
  }

  private static double least(double[] numbers) {
    double least = Double.POSITIVE_INFINITY;
    for (double number : numbers) {
      least = Math.min(least, number);
    }
    return least;
  }

  /** U_i in a period, from flows; adds the payments to the sum of all agents. */
  private double[] utility(int t, int i, double[][] menu, double[] after, double[] sum) {
    Agent agent = environment.agent(i);
    int[] action = tables.action(t);
    double[] flow = new double[action.length];
    for (int s = 0; s < flow.length; s++) {
      double payment = menu[action[s]][space.without(i, s)];
      sum[s] += payment / weight[i];
      flow[s] = agent.value(action[s], space.type(s, i)) - payment;
    }
    double[] value;
    if (environment.isInfinite()) {
      // The closed form is only a guess here: the evaluation bounds how wrong it may be.
      value = mechanism.evaluate(0, period -> flow, mechanism.utilities(0, i));
    } else {
      value = flow;
      if (after.length > 0) {
        double discount = environment.discount();
        for (int a = 0; a < environment.actions(); a++) {
          double[] expected = tensor.expect(a, after, room);
          for (int s = 0; s < value.length; s++) {
            if (action[s] == a) {
              value[s] += discount * expected[s];
            }
          }
        }
      }
    }
    for (int s = 0; s < value.length; s++) {
      if (value[s] / weight[i] < least) {
        least = value[s] / weight[i];
        poorest = new Place(i, t, space.physical(s), space.profile(s), -1);
      }
    }
    return value;
  }

  /** [action][state without i]: whether some report of agent i leads to the action. */
  private boolean[][] reach(int t, int i) {
    boolean[][] reach = new boolean[environment.actions()][space.statesWithout(i)];
    int[] action = tables.action(t);
    for (int s = 0; s < action.length; s++) {
      reach[action[s]][space.without(i, s)] = true;
    }
    return reach;
  }

  /**
   * The best that agent i can get by any report now, when what follows is worth {@code after}.
   *
   * @param now what the truth is worth
   * @param judge whether this is one lie, to be compared with the truth
   */
  private double[] improve(
      int t,
      int i,
      double[][] menu,
      boolean[][] reach,
      double[] after,
      double[] now,
      boolean judge) {
    double[] best = new double[now.length];
    java.util.Arrays.fill(best, Double.NEGATIVE_INFINITY);
    Agent agent = environment.agent(i);
    int stride = space.stride(i);
    int types = space.types(i);
    double discount = environment.discount();
    boolean last = tables.isLast(t);
    for (int a = 0; a < reach.length; a++) {
      double[] expected = last ? new double[0] : tensor.expect(a, after, room);
      for (int s = 0, reduced = 0; s < now.length; s += stride * types, reduced += stride) {
        for (int type = 0; type < types; type++) {
          double v = agent.value(a, type);
          int from = s + type * stride;
          for (int x = 0; x < stride; x++) {
            if (reach[a][reduced + x]) {
              double worth = v - menu[a][reduced + x];
              if (!last) {
                worth += discount * expected[from + x];
              }
              best[from + x] = Math.max(best[from + x], worth);
              if (judge && (worth - now[from + x]) / weight[i] > gain) {
                gain = (worth - now[from + x]) / weight[i];
                worst = place(t, i, from + x, a);
              }
            }
          }
        }
      }
      looked += judge ? now.length : 0;
    }
    return best;
  }

  /** A deviation, with the lowest report that leads to the action. */
  private Place place(int t, int i, int state, int action) {
    int without = space.without(i, state);
    int report = 0;
    while (tables.action(t)[space.with(i, without, report)] != action) {
      report++;
    }
    return new Place(i, t, space.physical(state), space.profile(state), report);
  }

  private static double largestDifference(double[] best, double[] now) {
    double most = 0;
    for (int s = 0; s < now.length; s++) {
      most = Math.max(most, best[s] - now[s]);
    }
    return most;
  }

  /**
   * The most that the best reporting strategy gains over an infinite horizon: the deviator's own
   * dynamic program by value iteration with the bounds of MacQueen (1966).
   */
  private double strategy(
      int i, double[][] menu, boolean[][] reach, double[] truth, double[] first) {
    double factor = environment.discount() / (1 - environment.discount());
    double[] value = truth;
    double[] image = first;
    double each = 0;
    for (int j = 0; j < space.agents(); j++) {
      each += (double) space.states() * space.types(j) * reach.length;
    }
    for (double work = each; ; work += each) {
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (int s = 0; s < value.length; s++) {
        low = Math.min(low, image[s] - value[s]);
        high = Math.max(high, image[s] - value[s]);
      }
      double half = factor * (high / 2 - low / 2);
      // Where the bounds close too slowly their middle is reported, and half their distance counts
      // as error.
      if (half <= tolerance || work > MOST_WORK) {
        multiGap = Math.max(multiGap, half);
        double middle = factor * (high / 2 + low / 2);
        return Math.max(0, largestDifference(image, truth) + middle);
      }
      Workers.checkInterrupted();
      value = image;
      image = improve(0, i, menu, reach, value, truth, false);
    }
  }
}
