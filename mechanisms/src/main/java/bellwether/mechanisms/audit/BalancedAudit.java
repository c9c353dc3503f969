package bellwether.mechanisms.audit;

import bellwether.core.mdp.TypeTransition;
import bellwether.core.parallel.Workers;
import bellwether.mechanisms.efficient.BalancedTransfers;
import bellwether.mechanisms.efficient.DynamicMechanism;
import bellwether.mechanisms.efficient.WelfareTables;
import bellwether.mechanisms.environment.Agent;
import bellwether.mechanisms.environment.Environment;
import bellwether.mechanisms.joint.ProfileSpace;
import bellwether.mechanisms.joint.TypeTensor;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Audits the balanced mechanism in the sense of Bayes: before the first period and after every
 * physical state and profile of reports, each agent knows its own type, which may be one that its
 * last report excluded, and the law of the others' types. It chooses a report; from the next period
 * on it tells the truth, or goes on lying as pays best.
 *
 * <p>With N(r, theta_-i; theta_i) = v_i(x*, theta_i) + d E[U_i(theta'_i; reports)] a report is
 * worth E[N] - gamma_i(r) given the history. That the truthful utilities obey this recursion is
 * checked too, and counted in the error bound.
 *
 * <p>The gain of the best strategy of lies obeys D(h, theta_i) = max_r [g(h, theta_i, r) + d E
 * D(h', theta'_i)], g what one lie gains, h' the reports (r, theta_-i) and the physical state then,
 * and theta'_i drawn from the true type. A history matters through the others' reports, the
 * physical state and the action only, so that there are as many numbers as actions times joint
 * states.
 */
public final class BalancedAudit {
  private static final int MOST_PROFILES = 2_000_000;
  private static final int SAMPLE = 64;

  /** Multiplications that are spent on one agent's strategies. */
  private static final double MOST_WORK = 3e11;

  /** Joint states of a piece of work. */
  private static final int PIECE = 4096;

  private final DynamicMechanism mechanism;
  private final BalancedTransfers transfers;
  private final WelfareTables tables;
  private final Environment environment;
  private final ProfileSpace space;
  private final TypeTensor tensor;
  private final Consumer<String> progress;
  private final double premium;
  private double gain;
  private Place worst = Place.NOWHERE;
  private double least = Double.POSITIVE_INFINITY;
  private Place poorest = Place.NOWHERE;
  private double multi;
  private double multiGap;
  private double residual;
  private double looked;

  private BalancedAudit(DynamicMechanism mechanism, Consumer<String> progress, double premium) {
    this.mechanism = mechanism;
    this.progress = progress;
    this.premium = premium;
    transfers = mechanism.balanced();
    tables = mechanism.tables();
    environment = tables.environment();
    space = tables.space();
    tensor = tables.tensor();
  }

  /**
   * Audits.
   *
   * @param progress hears how far it is
   * @throws IllegalStateException for other mechanisms, see {@link ExPostAudit}
   * @throws java.util.concurrent.CancellationException when the thread is interrupted
   */
  public static AuditReport of(DynamicMechanism mechanism, Consumer<String> progress) {
    return of(mechanism, progress, 0);
  }

  /**
   * Audits as if every lie earned a premium, so that lies pay: what the audit finds then shows that
   * it looks.
   */
  static AuditReport of(DynamicMechanism mechanism, Consumer<String> progress, double premium) {
    return new BalancedAudit(mechanism, progress, premium).run();
  }

  private AuditReport run() {
    for (int i = 0; i < space.agents(); i++) {
      TypeTensor wide = trailing(i);
      // What the best strategy gains from the period after on, by history of this period.
      double[] gains = new double[0];
      for (int t = tables.periods() - 1; t >= 0; t--) {
        Workers.checkInterrupted();
        progress.accept(
            String.format(Locale.ROOT, "audit of agent %d, period %d, gain %.3g", i, t, gain));
        double[] worth = worth(t, i);
        if (environment.isInfinite()) {
          gains = strategy(i, worth, wide, later(t, i, worth, wide, true));
        }
        if (t == 0) {
          first(i, worth, true);
          if (gains.length > 0) {
            first(i, goingOn(t, i, worth, gains), false);
          }
        } else {
          double[] once = later(t, i, worth, wide, true);
          gains = gains.length == 0 ? once : later(t, i, goingOn(t, i, worth, gains), wide, false);
          multi = Math.max(multi, largest(gains));
        }
      }
    }
    double imbalance = imbalance();
    double error =
        mechanism.evaluationGap() + tables.gap() + residual * environment.annuity() + multiGap;
    return new AuditReport(
        gain, worst, Math.max(gain, multi), least, poorest, imbalance, imbalance, error, looked);
  }

  /**
   * What the best strategy of lies gains over an infinite horizon, from the gains of one lie: value
   * iteration with the bounds of MacQueen (1966).
   */
  private double[] strategy(int i, double[] worth, TypeTensor wide, double[] once) {
    double discount = environment.discount();
    double factor = discount / (1 - discount);
    double tolerance = 4 * WelfareTables.defaultTolerance(environment);
    double each = 0;
    for (int j = 0; j < space.agents(); j++) {
      each += (double) wide.length() * space.types(j) * environment.actions();
    }
    double[] value = new double[once.length];
    double[] image = once;
    for (double work = each; ; work += each) {
      double low = Double.POSITIVE_INFINITY;
      double high = 0;
      for (int h = 0; h < image.length; h++) {
        if (!Double.isNaN(image[h])) {
          low = Math.min(low, image[h] - value[h]);
          high = Math.max(high, image[h] - value[h]);
        }
      }
      double half = factor * (high / 2 - low / 2);
      if (half <= tolerance || work > MOST_WORK) {
        double middle = factor * (high / 2 + low / 2);
        multiGap = Math.max(multiGap, half);
        for (int h = 0; h < image.length; h++) {
          image[h] += middle;
        }
        multi = Math.max(multi, largest(image));
        return image;
      }
      value = image;
      image = later(0, i, goingOn(0, i, worth, value), wide, false);
    }
  }

  /** The largest of the gains, which are NaN after histories that do not exist. */
  private static double largest(double[] gains) {
    double most = 0;
    for (double g : gains) {
      most = g > most ? g : most;
    }
    return most;
  }

  /** {@link #worth}, with what later lies gain. */
  private double[] goingOn(int t, int i, double[] worth, double[] gains) {
    int types = space.types(i);
    int[] action = tables.action(t);
    double[] sum = worth.clone();
    Agent agent = environment.agent(i);
    tables
        .workers()
        .forEach(
            (action.length + PIECE - 1) / PIECE,
            piece -> {
              double[] more = new double[1];
              int end = Math.min(action.length, (piece + 1) * PIECE);
              for (int s = piece * PIECE; s < end; s++) {
                int at = (action[s] * space.statesWithout(i) + space.without(i, s)) * types;
                TypeTransition transition = agent.transition(action[s]);
                for (int type = 0; type < types; type++) {
                  more[0] = 0;
                  transition.forEachSuccessor(type, (u, p) -> more[0] += p * gains[at + u]);
                  sum[s * types + type] += environment.discount() * more[0];
                }
              }
            });
    return sum;
  }

  /** N_i at {@code [s * types_i + theta_i]}, s the physical state and the reports. */
  private double[] worth(int t, int i) {
    int types = space.types(i);
    int[] action = tables.action(t);
    double[] worth = new double[Math.multiplyExact(action.length, types)];
    double[] later = tables.isLast(t) ? new double[0] : tables.welfare(t + 1);
    double[] others = tables.isLast(t) ? new double[0] : transfers.othersValue(t + 1, i);
    double[][] one = new double[2][action.length];
    double[][] two = new double[2][action.length];
    Agent agent = environment.agent(i);
    for (int a = 0; a < environment.actions(); a++) {
      double[] own = later.length == 0 ? later : tensor.expect(a, later, i, one);
      double[] mean = later.length == 0 ? later : tensor.expect(a, others, two);
      for (int s = 0; s < action.length; s++) {
        if (action[s] != a) {
          continue;
        }
        int without = space.without(i, s);
        int at = s * types;
        for (int type = 0; type < types; type++) {
          worth[at + type] = agent.value(a, type);
          if (later.length > 0) {
            // E over own next type of E W less E V_-i given the reports.
            double[] sum = {0};
            agent
                .transition(a)
                .forEachSuccessor(type, (u, p) -> sum[0] += p * own[space.with(i, without, u)]);
            worth[at + type] += environment.discount() * (sum[0] - mean[s]);
          }
        }
      }
    }
    return worth;
  }

  private TypeTensor trailing(int i) {
    int[] everybody = new int[space.agents()];
    Arrays.setAll(everybody, j -> j);
    return new TypeTensor(environment, everybody, space.types(i), tables.workers());
  }

  /**
   * Reports in the first period.
   *
   * @param judge whether the truth follows
   */
  private void first(int i, double[] worth, boolean judge) {
    int types = space.types(i);
    BalancedTransfers.History before = transfers.beginning();
    double[] value = transfers.othersValue(0, i);
    double[] column = new double[space.states()];
    double[] share = new double[types];
    double[] welfare = new double[types];
    double[][] law = before.law().clone();
    double mean = tensor.mean(before.physical(), law, value);
    double[][] expected = new double[types][types];
    double[] initial = law[i];
    for (int type = 0; type < types; type++) {
      for (int s = 0; s < column.length; s++) {
        column[s] = worth[s * types + type];
      }
      for (int r = 0; r < types; r++) {
        law[i] = new double[types];
        law[i][r] = 1;
        expected[r][type] = tensor.mean(before.physical(), law, column);
        share[r] = tensor.mean(before.physical(), law, value);
        welfare[r] = tensor.mean(before.physical(), law, tables.welfare(0));
      }
    }
    for (int type = 0; type < types; type++) {
      if (!judge) {
        for (int r = 0; r < types; r++) {
          double more = expected[r][type] + share[r] - welfare[type];
          multi = Math.max(multi, r == type ? more : more + premium);
        }
        continue;
      }
      double truth = expected[type][type] + share[type];
      residual = Math.max(residual, Math.abs(truth - welfare[type]));
      for (int r = 0; r < types; r++) {
        looked++;
        double more = expected[r][type] + share[r] - truth + (r == type ? 0 : premium);
        if (more > gain) {
          gain = more;
          worst = new Place(i, 0, -1, new int[] {type}, r);
        }
      }
      if (initial[type] > 0 && truth - mean < least) {
        least = truth - mean;
        poorest = new Place(i, 0, -1, new int[] {type}, -1);
      }
    }
  }

  /**
   * Reports of period t after all reports of the period before.
   *
   * @param judge whether the truth follows
   * @return what the best report gains, at {@code [(a * statesWithout + without) * types + type]}:
   *     after action a, the others' reports and the physical state, for each true type; NaN where
   *     no report led to a
   */
  private double[] later(int t, int i, double[] worth, TypeTensor wide, boolean judge) {
    int types = space.types(i);
    int stride = space.stride(i);
    double[][] room = new double[2][wide.length()];
    double[][] one = new double[2][space.states()];
    double[][] two = new double[2][space.states()];
    int before = environment.isInfinite() ? 0 : t - 1;
    int[] action = tables.action(before);
    double[] value = transfers.othersValue(t, i);
    int reduced = space.statesWithout(i);
    double[] best = new double[Math.multiplyExact(environment.actions(), reduced * types)];
    Arrays.fill(best, Double.NaN);
    for (int a = 0; a < environment.actions(); a++) {
      boolean[] reach = new boolean[reduced];
      boolean some = false;
      for (int s = 0; s < action.length; s++) {
        if (action[s] == a) {
          reach[space.without(i, s)] = true;
          some = true;
        }
      }
      if (!some) {
        continue;
      }
      double[] expected = wide.expect(a, worth, i, room);
      double[] share = tensor.expect(a, value, i, one);
      double[] welfare = tensor.expect(a, tables.welfare(t), i, two);
      for (int without = 0; without < reach.length; without++) {
        if (!reach[without]) {
          continue;
        }
        int base = space.with(i, without, 0);
        for (int type = 0; type < types; type++) {
          int own = base + type * stride;
          double truth = judge ? expected[own * types + type] + share[own] : welfare[own];
          double most = Double.NEGATIVE_INFINITY;
          for (int r = 0; r < types; r++) {
            int s = base + r * stride;
            double more = expected[s * types + type] + share[s] - truth;
            more += r == type ? 0 : premium;
            most = Math.max(most, more);
            if (judge && more > gain) {
              gain = more;
              worst = new Place(i, t, space.physical(s), space.profile(own), r);
            }
          }
          best[(a * reduced + without) * types + type] = most;
          if (judge) {
            residual = Math.max(residual, Math.abs(truth - welfare[own]));
            looked += types;
          }
        }
      }
    }
    return best;
  }

  /** The largest |sum of payments|, over histories and profiles; a sample of them where many. */
  private double imbalance() {
    int n = space.agents();
    double most = 0;
    double all = (space.states() + 1.0) * space.profiles() * tables.periods();
    SplittableRandom random = new SplittableRandom(1);
    for (int t = 0; t < tables.periods(); t++) {
      int histories = all <= MOST_PROFILES ? space.states() : SAMPLE;
      for (int h = -1; h < histories; h++) {
        if (h < 0 ? t > 0 : t == 0 && !environment.isInfinite()) {
          continue;
        }
        int state = all <= MOST_PROFILES ? h : random.nextInt(space.states());
        BalancedTransfers.History before =
            h < 0
                ? transfers.beginning()
                : transfers.after(
                    environment.isInfinite() ? 0 : t - 1,
                    space.physical(state),
                    space.profile(state));
        double[][] gamma = transfers.gammas(t, before);
        int profiles = all <= MOST_PROFILES ? space.profiles() : SAMPLE;
        for (int p = 0; p < profiles; p++) {
          int profile = all <= MOST_PROFILES ? p : random.nextInt(space.profiles());
          double sum = 0;
          for (int i = 0; i < n; i++) {
            int j = (i + 1) % n;
            sum += gamma[i][space.type(profile, i)] - gamma[j][space.type(profile, j)];
          }
          most = Math.max(most, Math.abs(sum));
        }
      }
    }
    return most;
  }
}
