package bellwether.benchmarks;

import bellwether.core.kernel.Kernels;
import bellwether.core.parallel.Workers;
import bellwether.mechanisms.audit.AuditReport;
import bellwether.mechanisms.audit.ExPostAudit;
import bellwether.mechanisms.efficient.BanditEnvironment;
import bellwether.mechanisms.efficient.DynamicMechanism;
import bellwether.mechanisms.efficient.Mechanism;
import bellwether.mechanisms.efficient.Outcome;
import bellwether.mechanisms.efficient.ProfileMechanism;
import bellwether.mechanisms.efficient.WelfareTables;
import bellwether.mechanisms.environment.Environment;
import bellwether.mechanisms.environment.Solver;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long does the dynamic pivot mechanism take, cold: a million joint states solved and all
 * payments of all agents in all of them, an exact audit of 4,096 profiles, and a bandit of a
 * thousand bidders? Each checks its own answer.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Xmx4g"})
@Warmup(iterations = 0)
@Measurement(iterations = 3)
public class PivotBenchmark {
  private static final double DISCOUNT = 0.9;

  /** Threads. */
  @Param({"1", "2"})
  public int threads = 2;

  private Workers workers = Workers.of(1);
  private Environment large = PivotInstances.controlled(1, 2, 2, DISCOUNT);
  private Environment small = large;
  private Environment bandit = large;

  /** Makes the environments. */
  @Setup
  public void setUp() {
    workers = Workers.of(threads);
    large = PivotInstances.controlled(6, 10, 7, DISCOUNT);
    small = PivotInstances.controlled(4, 8, 5, DISCOUNT);
    bandit = PivotInstances.bandit(1_000, 200, DISCOUNT);
  }

  /** Closes the threads. */
  @TearDown
  public void tearDown() {
    workers.close();
  }

  /** 6 agents of 10 types, 7 actions: W, every W_-i, all payments in all joint states. */
  @Benchmark
  public double solvedAndPaid() {
    WelfareTables tables =
        WelfareTables.solve(
            large, Solver.PRODUCT, WelfareTables.defaultTolerance(large), words -> {}, workers);
    DynamicMechanism mechanism = DynamicMechanism.of(tables, Mechanism.PIVOT);
    double revenue = mechanism.expectedRevenue();
    double largest = 0;
    for (int i = 0; i < large.size(); i++) {
      for (double payment : mechanism.payments(0, i)) {
        largest = Math.max(largest, payment);
      }
    }
    check(largest > 0 && revenue < mechanism.expectedWelfare());
    return largest;
  }

  /** 4 agents of 8 types, 5 actions: solved, every lie in every profile. */
  @Benchmark
  public double audited() {
    WelfareTables tables = WelfareTables.solve(small, workers);
    AuditReport report = ExPostAudit.of(DynamicMechanism.of(tables, Mechanism.PIVOT), words -> {});
    check(report.maxIncentiveGain() < 1e-8 && report.minUtility() > -1e-8);
    return report.maxIncentiveGain();
  }

  /** 1,000 bidders of 200 states: indices, W, every W_-i, payments, and W from the prior. */
  @Benchmark
  public double servedOneByOne() {
    ProfileMechanism mechanism =
        new ProfileMechanism(
            new BanditEnvironment(bandit, Kernels.best(), workers), Mechanism.PIVOT);
    int[] profile = new int[bandit.size()];
    for (int i = 0; i < profile.length; i++) {
      profile[i] = i % 200;
    }
    Outcome outcome = mechanism.outcome(profile);
    double paid = outcome.payment()[outcome.action()];
    check(paid > 0 && paid < 1);
    return mechanism.expectedWelfare();
  }

  private static void check(boolean right) {
    if (!right) {
      throw new IllegalStateException("the answer is wrong");
    }
  }
}
