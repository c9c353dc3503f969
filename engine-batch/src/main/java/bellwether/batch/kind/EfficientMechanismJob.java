package bellwether.batch.kind;

import bellwether.batch.mechanism.PlayReader;
import bellwether.core.parallel.Workers;
import bellwether.mechanisms.audit.AuditReport;
import bellwether.mechanisms.audit.BalancedAudit;
import bellwether.mechanisms.audit.ExPostAudit;
import bellwether.mechanisms.audit.OneShotSample;
import bellwether.mechanisms.efficient.BalancedTransfers;
import bellwether.mechanisms.efficient.BanditEnvironment;
import bellwether.mechanisms.efficient.DynamicMechanism;
import bellwether.mechanisms.efficient.MarginalWelfare;
import bellwether.mechanisms.efficient.Mechanism;
import bellwether.mechanisms.efficient.ProfileMechanism;
import bellwether.mechanisms.efficient.ProfileWelfare;
import bellwether.mechanisms.efficient.SeparableWelfare;
import bellwether.mechanisms.efficient.WelfareTables;
import bellwether.mechanisms.environment.Environment;
import bellwether.mechanisms.environment.Solver;
import bellwether.mechanisms.environment.Structure;
import bellwether.mechanisms.simulation.MechanismSimulation;
import bellwether.mechanisms.simulation.ProfileRule;
import bellwether.mechanisms.simulation.Rule;
import bellwether.mechanisms.simulation.SimulatedAudit;
import bellwether.mechanisms.simulation.TableRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An efficient mechanism as it was read.
 *
 * @param environment who there is
 * @param mechanism how it is paid for
 * @param solver how W is found
 * @param tables whether over all joint states
 * @param request what is asked
 */
record EfficientMechanismJob(
    Environment environment,
    Mechanism mechanism,
    Solver solver,
    boolean tables,
    MechanismRequest request)
    implements Job {
  /** Numbers of an exact audit's largest table, beyond which lies are sampled. */
  private static final double MOST_AUDITED = 5e7;

  /** Joint states up to which expected payments are evaluated agent by agent. */
  private static final double MOST_EVALUATED = 2e5;

  @Override
  public Outcome solve(Resources resources) throws JobFailedException {
    try {
      return tables ? withTables(resources) : byProfile(resources);
    } catch (IllegalArgumentException | ArithmeticException e) {
      // The job was read and found right: what is left is numbers too large to work with.
      throw new JobFailedException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Sections of a result and how long they took. */
  private static final class Report {
    final Map<String, @Nullable Object> result = new LinkedHashMap<>();
    final Map<String, @Nullable Object> certificate = new LinkedHashMap<>();
    final Map<String, @Nullable Object> timing = new LinkedHashMap<>();
    final List<SideFile> files = new ArrayList<>();
    private long since = System.nanoTime();

    void took(String what) {
      long now = System.nanoTime();
      timing.put(what, Math.round((now - since) / 1e3) / 1e6);
      since = now;
    }

    Outcome outcome() {
      return new Outcome(result, certificate, timing, files);
    }
  }

  private Outcome withTables(Resources resources) throws JobFailedException {
    Workers workers = resources.workers();
    Report report = new Report();
    if (request.allProfiles()) {
      MechanismResult.checkFiles(environment, resources.stem());
    }
    Double asked = request.tolerance();
    WelfareTables solved =
        WelfareTables.solve(
            environment,
            solver,
            asked == null ? WelfareTables.defaultTolerance(environment) : asked,
            resources.progress(),
            workers);
    checkTolerance(solved.gap());
    report.took("solveSeconds");
    DynamicMechanism dynamic = DynamicMechanism.of(solved, mechanism);
    MechanismResult put = new MechanismResult(environment);
    put.put(outcome(dynamic), report.result);
    if (environment.hasPrior()) {
      report.result.put("expectedWelfare", dynamic.expectedWelfare());
      report.result.put("expectedRevenue", dynamic.expectedRevenue());
      expected(dynamic, report.result);
    }
    report.certificate.put("solver", solver.word());
    report.certificate.put("jointStates", (long) environment.jointStates());
    report.certificate.put("welfareGap", solved.gap());
    report.certificate.put("sweeps", solved.sweeps());
    if (request.allProfiles()) {
      report.result.put(
          "profiles", put.profiles(dynamic, request.period(), resources.stem(), report.files));
    }
    report.took("paymentSeconds");
    String audit = request.audit();
    if (audit == null) {
      audit = auditSize() <= MOST_AUDITED ? "exact" : "sampled";
    }
    if ("exact".equals(audit)) {
      AuditReport found =
          mechanism instanceof Mechanism.Balanced
              ? BalancedAudit.of(dynamic, resources.progress())
              : ExPostAudit.of(dynamic, resources.progress());
      report.result.put("audit", put.audit(found));
      report.certificate.put("auditErrorBound", found.errorBound());
      report.certificate.put("deviations", (long) found.deviations());
    }
    TableRule rule = played(audit) || request.play() != null ? new TableRule(dynamic) : null;
    if (rule != null && played(audit)) {
      simulatedAudit(rule, put, report, resources);
    }
    report.certificate.put("audit", audit);
    report.took("auditSeconds");
    if (rule != null) {
      simulate(rule, put, report, workers);
    }
    return report.outcome();
  }

  /** Utilities and payments from the prior, by agent. */
  private void expected(DynamicMechanism dynamic, Map<String, @Nullable Object> result) {
    double[] utility = new double[environment.size()];
    double[] payment = new double[environment.size()];
    // Payments are one evaluation an agent: where that is as much work as all the rest, without.
    boolean few = environment.jointStates() * Math.max(1, environment.horizon()) <= MOST_EVALUATED;
    for (int i = 0; i < utility.length; i++) {
      utility[i] = dynamic.expectedUtility(i);
      payment[i] = few ? dynamic.expectedPayment(i) : 0;
    }
    result.put("expectedUtility", utility);
    if (few) {
      result.put("expectedPayment", payment);
    }
  }

  /** Whether an audit of tables plays lies. */
  private static boolean played(String audit) {
    return "sampled".equals(audit) || "simulated".equals(audit);
  }

  private double auditSize() {
    int most = 1;
    for (int i = 0; i < environment.size(); i++) {
      most = Math.max(most, environment.agent(i).types());
    }
    double states = environment.jointStates() * Math.max(1, environment.horizon());
    return mechanism instanceof Mechanism.Balanced ? states * most : states;
  }

  private Outcome byProfile(Resources resources) throws JobFailedException {
    Report report = new Report();
    Environment rest = environment;
    if (request.period() > 0) {
      // What is left of a finite horizon is a shorter one.
      rest =
          Environment.builder(environment.agents(), environment.discount())
              .designerValue(designer())
              .horizon(environment.horizon() - request.period())
              .build();
    }
    ProfileWelfare welfare = welfare(rest, resources);
    ProfileMechanism profiles = new ProfileMechanism(welfare, mechanism);
    report.took("solveSeconds");
    MechanismResult put = new MechanismResult(environment);
    put.put(profiles.outcome(request.profile()), report.result);
    report.took("paymentSeconds");
    if (environment.hasPrior()) {
      ProfileMechanism whole =
          request.period() == 0
              ? profiles
              : new ProfileMechanism(welfare(environment, resources), mechanism);
      report.result.put("expectedWelfare", whole.expectedWelfare());
      double revenue = whole.expectedRevenue();
      if (!Double.isNaN(revenue)) {
        report.result.put("expectedRevenue", revenue);
      }
      report.took("expectedSeconds");
    }
    double gap = welfare.values(request.profile()).gap();
    checkTolerance(gap);
    report.certificate.put("solver", solver.word());
    report.certificate.put(
        "method", solver == Solver.BANDIT ? "retirement values" : "laws of the agents' types");
    report.certificate.put("welfareGap", gap);
    String audit = request.audit() == null ? "none" : request.audit();
    Rule rule = environment.isInfinite() ? new ProfileRule(profiles) : null;
    boolean unknown = mechanism instanceof Mechanism.Static;
    if ("simulated".equals(audit) || ("sampled".equals(audit) && unknown)) {
      if (rule == null) {
        throw new JobFailedException(
            "audit: without tables lies are played over infinite horizons");
      }
      simulatedAudit(rule, put, report, resources);
    } else if ("sampled".equals(audit)) {
      {
        AuditReport found =
            OneShotSample.of(profiles, request.deviations(), request.seed(), resources.progress());
        report.result.put("audit", put.audit(found));
        report.certificate.put("deviations", (long) found.deviations());
        report.certificate.put("seed", request.seed());
      }
    }
    report.certificate.put("audit", audit);
    report.took("auditSeconds");
    if (request.play() != null && rule == null) {
      throw new JobFailedException("simulation: without tables it needs an infinite horizon");
    }
    if (rule != null) {
      simulate(rule, put, report, resources.workers());
    }
    return report.outcome();
  }

  private ProfileWelfare welfare(Environment of, Resources resources) {
    if (solver == Solver.BANDIT) {
      return new BanditEnvironment(of, resources.kernels(), resources.workers());
    }
    return Structure.of(of).marginalRefusal() == null
        ? new MarginalWelfare(of, resources.workers())
        : new SeparableWelfare(of, resources.workers());
  }

  private double[] designer() {
    double[] designer = new double[environment.actions()];
    java.util.Arrays.setAll(designer, environment::designerValue);
    return designer;
  }

  private void checkTolerance(double gap) throws JobFailedException {
    Double asked = request.tolerance();
    if (asked != null && gap > asked) {
      throw new JobFailedException(
          "tolerance: "
              + asked
              + " cannot be reached, an error of up to "
              + gap
              + " is left in this environment");
    }
  }

  private void simulatedAudit(Rule rule, MechanismResult put, Report report, Resources resources) {
    SimulatedAudit.Found found =
        SimulatedAudit.run(
            rule,
            mechanism instanceof Mechanism.Balanced,
            request.deviations(),
            0,
            request.auditPaths(),
            request.seed(),
            resources.progress(),
            resources.workers());
    report.result.put("audit", put.audit(found));
    report.certificate.put("deviations", (long) found.deviations());
    report.certificate.put("auditPaths", request.auditPaths());
    report.certificate.put("seed", request.seed());
  }

  private void simulate(Rule rule, MechanismResult put, Report report, Workers workers) {
    PlayReader.Play play = request.play();
    if (play == null) {
      return;
    }
    int physical = play.fromPrior() ? environment.physical().initial() : request.physical();
    report.result.put(
        "simulation",
        put.simulation(
            MechanismSimulation.run(
                rule,
                play.strategies(),
                play.fromPrior() ? null : request.profile(),
                physical,
                play.periods(),
                play.paths(),
                request.seed(),
                workers)));
    report.certificate.put("seed", request.seed());
    report.took("simulationSeconds");
  }

  private bellwether.mechanisms.efficient.Outcome outcome(DynamicMechanism dynamic) {
    MechanismRequest.Previous previous = request.previous();
    int period = request.period();
    if (previous == null) {
      return dynamic.outcome(period, request.physical(), request.profile());
    }
    BalancedTransfers.History before =
        dynamic.balanced().after(Math.max(0, period - 1), previous.physical(), previous.profile());
    return dynamic.outcome(period, before, request.profile());
  }
}
