package bellwether.mechanisms.audit;

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
 * on it tells the truth.
 *
 * <p>With N(r, theta_-i; theta_i) = v_i(x*, theta_i) + d E[U_i(theta'_i; reports)] a report is
 * worth E[N] - gamma_i(r) given the history. That the truthful utilities obey this recursion is
 * checked too, and counted in the error bound.
 */
public final class BalancedAudit {
  private static final int MOST_PROFILES = 2_000_000;
  private static final int SAMPLE = 64;

  private final DynamicMechanism mechanism;
  private final BalancedTransfers transfers;
  private final WelfareTables tables;
  private final Environment environment;
  private final ProfileSpace space;
  private final TypeTensor tensor;
  private final Consumer<String> progress;
  private double gain;
  private Place worst = Place.NOWHERE;
  private double least = Double.POSITIVE_INFINITY;
  private Place poorest = Place.NOWHERE;
  private double residual;
  private double looked;

  private BalancedAudit(DynamicMechanism mechanism, Consumer<String> progress) {
    this.mechanism = mechanism;
    this.progress = progress;
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
    return new BalancedAudit(mechanism, progress).run();
  }

  private AuditReport run() {
    for (int i = 0; i < space.agents(); i++) {
      for (int t = 0; t < tables.periods(); t++) {
        Workers.checkInterrupted();
        progress.accept(
            String.format(Locale.ROOT, "audit of agent %d, period %d, gain %.3g", i, t, gain));
        double[] worth = worth(t, i);
        if (t == 0) {
          first(i, worth);
        }
        if (t > 0 || environment.isInfinite()) {
          later(t, i, worth);
        }
      }
    }
    double imbalance = imbalance();
    double error = mechanism.evaluationGap() + tables.gap() + residual * environment.annuity();
    // Lies at any number of dates gain at most the best one lie, at every date.
    double many = gain * environment.annuity();
    return new AuditReport(gain, worst, many, least, poorest, imbalance, imbalance, error, looked);
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

  /** Reports in the first period. */
  private void first(int i, double[] worth) {
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
      double truth = expected[type][type] + share[type];
      residual = Math.max(residual, Math.abs(truth - welfare[type]));
      for (int r = 0; r < types; r++) {
        looked++;
        double more = expected[r][type] + share[r] - truth;
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

  /** Reports of period t after all reports of the period before. */
  private void later(int t, int i, double[] worth) {
    int types = space.types(i);
    int stride = space.stride(i);
    TypeTensor wide = trailing(i);
    double[][] room = new double[2][wide.length()];
    double[][] one = new double[2][space.states()];
    double[][] two = new double[2][space.states()];
    int before = environment.isInfinite() ? 0 : t - 1;
    int[] action = tables.action(before);
    double[] value = transfers.othersValue(t, i);
    for (int a = 0; a < environment.actions(); a++) {
      boolean[] reach = new boolean[space.statesWithout(i)];
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
          double truth = expected[own * types + type] + share[own];
          residual = Math.max(residual, Math.abs(truth - welfare[own]));
          for (int r = 0; r < types; r++) {
            int s = base + r * stride;
            double more = expected[s * types + type] + share[s] - truth;
            if (more > gain) {
              gain = more;
              worst = new Place(i, t, space.physical(s), space.profile(own), r);
            }
          }
        }
        looked += (double) types * types;
      }
    }
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
