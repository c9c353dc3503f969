package bellwether.mechanisms.affine;

import bellwether.core.parallel.Workers;
import bellwether.core.random.RandomStreams;
import bellwether.mechanisms.audit.AuditReport;
import bellwether.mechanisms.audit.ExPostAudit;
import bellwether.mechanisms.audit.Place;
import bellwether.mechanisms.efficient.DynamicMechanism;
import bellwether.mechanisms.efficient.Mechanism;
import bellwether.mechanisms.efficient.WelfareTables;
import bellwether.mechanisms.environment.Environment;
import bellwether.mechanisms.environment.Solver;
import bellwether.mechanisms.environment.Structure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.commons.rng.UniformRandomProvider;
import org.jspecify.annotations.Nullable;

/**
 * Audits an affine maximizer: in every period, physical state and profile of types and
 * alternatives, whether an agent gains by any report of its type and of its alternative, and what
 * it is left with. Payments come from prices and utilities from the flows that they leave, by the
 * code that audits the pivot mechanism.
 *
 * <p>Where there are too many alternatives, some of each agent's are drawn, several times, and the
 * audit is exact among them: the rule's actions and prices depend on what is reported only.
 */
public final class AffineAudit {
  /** Joint states, times actions, periods and agents, of one audit. */
  private static final double MOST_WORK = 2e7;

  private static final int SAMPLES = 8;

  private AffineAudit() {}

  /**
   * Where something happens.
   *
   * @param agent whose
   * @param period in which period, 0 for an infinite horizon
   * @param physical the physical state
   * @param alternatives of all agents
   * @param types of all agents
   * @param reportedAlternative what the agent reports, or -1
   * @param reportedType what the agent reports, or -1
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Spot(
      int agent,
      int period,
      int physical,
      int[] alternatives,
      int[] types,
      int reportedAlternative,
      int reportedType) {}

  /**
   * What was found, in the agents' own money.
   *
   * @param report gains, utilities, budget
   * @param worstDeviation where the most is gained
   * @param worstUtility where the least is left
   * @param exact whether all alternatives were looked at
   * @param samples how many times some of them were drawn; 1 if all
   */
  public record Result(
      AuditReport report,
      @Nullable Spot worstDeviation,
      @Nullable Spot worstUtility,
      boolean exact,
      int samples) {}

  /** Whether all alternatives can be looked at. */
  public static boolean canBeExact(PrivateEnvironment environment, AffineRule rule) {
    return work(environment, rule, environment.combinations()) <= MOST_WORK;
  }

  /**
   * Audits.
   *
   * @param progress hears how far it is
   * @return null where even one alternative of each agent is too much
   * @throws java.util.concurrent.CancellationException when the thread is interrupted
   */
  public static @Nullable Result of(
      PrivateEnvironment environment,
      AffineRule rule,
      long seed,
      Consumer<String> progress,
      Workers workers) {
    int n = environment.size();
    if (canBeExact(environment, rule)) {
      List<int[]> all = new ArrayList<>();
      for (int i = 0; i < n; i++) {
        int[] own = new int[environment.alternatives(i).count()];
        Arrays.setAll(own, m -> m);
        all.add(own);
      }
      return audit(environment, rule, all, true, progress, workers);
    }
    int each = 1;
    while (work(environment, rule, kept(environment, each + 1)) <= MOST_WORK / SAMPLES) {
      each++;
    }
    if (work(environment, rule, kept(environment, each)) > MOST_WORK) {
      return null;
    }
    Result worst = null;
    for (int sample = 0; sample < SAMPLES; sample++) {
      UniformRandomProvider random = RandomStreams.block(seed, 1000 + sample);
      List<int[]> some = new ArrayList<>();
      for (int i = 0; i < n; i++) {
        some.add(draw(environment.alternatives(i).count(), each, random));
      }
      String which = String.format(Locale.ROOT, "sample %d of %d, ", sample + 1, SAMPLES);
      Result one =
          audit(environment, rule, some, false, words -> progress.accept(which + words), workers);
      worst = worst == null ? one : merge(worst, one);
    }
    return worst;
  }

  private static double work(PrivateEnvironment environment, AffineRule rule, double kept) {
    Environment base = environment.base();
    double actions = base.actions() * (rule.dependsOnState() ? base.physical().count() : 1);
    return base.jointStates() * kept * actions * Math.max(1, base.horizon()) * base.size();
  }

  private static double kept(PrivateEnvironment environment, int each) {
    double product = 1;
    for (int i = 0; i < environment.size(); i++) {
      product *= Math.min(each, environment.alternatives(i).count());
    }
    return product;
  }

  /** Some alternatives in increasing order, each as likely. */
  private static int[] draw(int count, int each, UniformRandomProvider random) {
    int[] all = new int[count];
    Arrays.setAll(all, m -> m);
    int kept = Math.min(each, count);
    for (int m = 0; m < kept; m++) {
      int other = m + random.nextInt(count - m);
      int swap = all[m];
      all[m] = all[other];
      all[other] = swap;
    }
    int[] some = Arrays.copyOf(all, kept);
    Arrays.sort(some);
    return some;
  }

  private static Result audit(
      PrivateEnvironment environment,
      AffineRule rule,
      List<int[]> kept,
      boolean exact,
      Consumer<String> progress,
      Workers workers) {
    Environment weighted = environment.only(kept).weighted(rule);
    Solver solver = Structure.of(weighted).choose();
    WelfareTables tables =
        WelfareTables.solve(
            weighted,
            solver == Solver.BANDIT ? Solver.PRODUCT : solver,
            WelfareTables.defaultTolerance(weighted),
            progress,
            workers);
    AuditReport report =
        ExPostAudit.of(DynamicMechanism.of(tables, Mechanism.PIVOT), rule.weights(), progress);
    return new Result(
        report,
        spot(environment, kept, report.worstDeviation()),
        spot(environment, kept, report.worstUtility()),
        exact,
        1);
  }

  private static @Nullable Spot spot(PrivateEnvironment environment, List<int[]> kept, Place at) {
    if (at.agent() < 0) {
      return null;
    }
    int n = environment.size();
    int[] alternatives = new int[n];
    int[] types = new int[n];
    for (int i = 0; i < n; i++) {
      int own = environment.base().agent(i).types();
      alternatives[i] = kept.get(i)[at.profile()[i] / own];
      types[i] = at.profile()[i] % own;
    }
    int own = environment.base().agent(at.agent()).types();
    boolean lie = at.report() >= 0;
    return new Spot(
        at.agent(),
        at.period(),
        at.physical(),
        alternatives,
        types,
        lie ? kept.get(at.agent())[at.report() / own] : -1,
        lie ? at.report() % own : -1);
  }

  private static Result merge(Result one, Result two) {
    AuditReport a = one.report;
    AuditReport b = two.report;
    boolean more = b.maxIncentiveGain() > a.maxIncentiveGain();
    boolean less = b.minUtility() < a.minUtility();
    return new Result(
        new AuditReport(
            Math.max(a.maxIncentiveGain(), b.maxIncentiveGain()),
            more ? b.worstDeviation() : a.worstDeviation(),
            Math.max(a.maxMultiPeriodGain(), b.maxMultiPeriodGain()),
            Math.min(a.minUtility(), b.minUtility()),
            less ? b.worstUtility() : a.worstUtility(),
            Math.max(a.maxBudgetImbalance(), b.maxBudgetImbalance()),
            Math.max(a.maxDeficit(), b.maxDeficit()),
            Math.max(a.errorBound(), b.errorBound()),
            a.deviations() + b.deviations()),
        more ? two.worstDeviation : one.worstDeviation,
        less ? two.worstUtility : one.worstUtility,
        false,
        one.samples + two.samples);
  }
}
