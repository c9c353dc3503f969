package bellwether.mechanisms.optimal;

import bellwether.core.parallel.Workers;
import bellwether.mechanisms.audit.AuditReport;
import bellwether.mechanisms.audit.ExPostAudit;
import bellwether.mechanisms.audit.Place;
import bellwether.mechanisms.efficient.WelfareTables;
import bellwether.mechanisms.environment.Environment;
import bellwether.mechanisms.environment.Solver;
import bellwether.mechanisms.environment.Structure;
import bellwether.mechanisms.joint.ProfileSpace;
import java.util.function.Consumer;

/**
 * Looks for gains from lies about signals in every period of the allocation phase, at every
 * profile, reachable or not: periodic ex post incentives. Where nobody controls types no report has
 * an effect on what follows, and the truth is best against any reports of the others, true or not
 * (Corollary 5.2): then the flow of one period alone is looked at, too.
 *
 * @param maxIncentiveGain the most that one lie gains, in the liar's money
 * @param maxMultiPeriodGain the most that any strategy of lies gains
 * @param minUtility the least (W - W_-i) / alpha_i over all periods and profiles: below 0 where an
 *     agent may be worse off than without any further period
 * @param worst where the gain is, {@link Place#NOWHERE} when there is none beyond the error
 * @param dominant whether nobody controls types, so that truth has been held against all reports
 * @param dominantGain the most that a lie gains within its period, 0 where types are controlled
 * @param errorBound of all these
 */
public record AllocationAudit(
    double maxIncentiveGain,
    double maxMultiPeriodGain,
    double minUtility,
    Place worst,
    boolean dominant,
    double dominantGain,
    double errorBound) {
  /**
   * Audits.
   *
   * @param progress hears how far it is
   * @throws java.util.concurrent.CancellationException when the thread is interrupted
   */
  public static AllocationAudit of(VirtualPivot pivot, Consumer<String> progress) {
    Subscription subscription = pivot.subscription();
    Environment environment = pivot.tables().environment();
    boolean dominant = Structure.of(environment).allows(Solver.UNCONTROLLED);
    double[] weight = new double[environment.size()];
    for (int i = 0; i < weight.length; i++) {
      weight[i] = subscription.included()[i] ? subscription.alpha()[i] : 1;
    }
    AuditReport report = ExPostAudit.of(pivot.weightedMechanism(), weight, progress);
    double flow = 0;
    if (dominant) {
      for (int i = 0; i < environment.size(); i++) {
        if (subscription.included()[i]) {
          flow = Math.max(flow, flowGain(pivot, i) / weight[i]);
        }
      }
    }
    double gain = report.maxIncentiveGain();
    return new AllocationAudit(
        gain,
        report.maxMultiPeriodGain(),
        report.minUtility(),
        gain > report.errorBound() ? report.worstDeviation() : Place.NOWHERE,
        dominant,
        flow,
        report.errorBound());
  }

  /** The most that a report of agent i gains in the flow of a period, whatever others report. */
  private static double flowGain(VirtualPivot pivot, int i) {
    WelfareTables tables = pivot.tables();
    ProfileSpace space = tables.space();
    Environment environment = tables.environment();
    double most = 0;
    for (int t = 0; t < tables.periods(); t++) {
      Workers.checkInterrupted();
      double[][] menu = pivot.weightedMechanism().prices().menu(t, i);
      int[] action = tables.action(t);
      for (int s = 0; s < action.length; s++) {
        int without = space.without(i, s);
        int type = space.type(s, i);
        double truth = environment.agent(i).value(action[s], type) - menu[action[s]][without];
        for (int r = 0; r < space.types(i); r++) {
          int a = action[space.with(i, without, r)];
          most = Math.max(most, environment.agent(i).value(a, type) - menu[a][without] - truth);
        }
      }
    }
    return most;
  }
}
