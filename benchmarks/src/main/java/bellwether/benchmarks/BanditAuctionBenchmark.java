package bellwether.benchmarks;

import bellwether.core.bandit.RandomArm;
import bellwether.core.bandit.RetirementSteps;
import bellwether.core.bandit.StateElimination;
import bellwether.core.distribution.Uniform;
import bellwether.core.kernel.Kernels;
import bellwether.core.parallel.Workers;
import bellwether.mechanisms.auction.ArmAuction;
import bellwether.mechanisms.auction.BanditWelfare;
import bellwether.mechanisms.auction.Bidder;
import bellwether.mechanisms.auction.Contestant;
import bellwether.mechanisms.auction.CurveOptions;
import bellwether.mechanisms.revenue.ExpectedProfit;
import bellwether.mechanisms.revenue.PrivateValue;
import bellwether.mechanisms.revenue.SampledProfit;
import bellwether.mechanisms.revenue.Subscriber;
import bellwether.mechanisms.virtual.PrivateType;
import bellwether.mechanisms.virtual.TypeFunction;
import bellwether.mechanisms.virtual.Valuation;
import java.util.ArrayList;
import java.util.List;
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
 * How long does an auction among many bidders take, who share at most 100 arms: from the arms
 * (indices, W, every W_-i, payments), and the merge of their steps alone? And before initial types
 * are known, how long the expected profit of selling for revenue: by one integral, and for 1,000
 * draws of all types?
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
    value = 2,
    jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Xmx8g"})
@Warmup(iterations = 2)
@Measurement(iterations = 5)
public class BanditAuctionBenchmark {
  private static final double DISCOUNT = 0.95;

  /** Bidders. */
  @Param({"10", "100", "1000", "10000"})
  public int bidders;

  /** Distinct arms. */
  @Param("100")
  public int arms;

  /** States of each arm. */
  @Param({"100", "200", "1000"})
  public int states;

  /** Threads. */
  @Param({"1", "2"})
  public int threads;

  private Workers workers = Workers.of(1);
  private final List<Contestant> contestants = new ArrayList<>();
  private final List<Bidder> ready = new ArrayList<>();
  private final List<Subscriber> subscribers = new ArrayList<>();

  /** Bidder i has arm i mod arms, in a state of its own. */
  @Setup
  public void makeBidders() {
    workers = Workers.of(threads);
    contestants.clear();
    ready.clear();
    subscribers.clear();
    PrivateType type =
        new PrivateType(new Uniform(0, 1), new TypeFunction.Identity(), Valuation.MULTIPLICATIVE);
    PrivateValue value = new PrivateValue(type, 1);
    int arms = Math.min(this.arms, bidders);
    List<RandomArm> distinct = new ArrayList<>();
    List<RetirementSteps[]> steps = new ArrayList<>();
    int each = bidders / arms;
    for (int a = 0; a < arms; a++) {
      RandomArm arm = new RandomArm(states, a);
      distinct.add(arm);
      int[] own = new int[each];
      for (int i = 0; i < each; i++) {
        own[i] = 7 * i % states;
      }
      steps.add(
          StateElimination.of(arm, DISCOUNT, Kernels.best(), workers)
              .retirementSteps(own, Kernels.best()));
    }
    for (int i = 0; i < each * arms; i++) {
      contestants.add(new Contestant(distinct.get(i % arms), 7 * (i / arms) % states, 1));
      ready.add(Bidder.of(steps.get(i % arms)[i / arms]));
      subscribers.add(new Subscriber(steps.get(i % arms)[i / arms], value));
    }
  }

  /** Ends the threads. */
  @TearDown
  public void close() {
    workers.close();
  }

  /** Everything, from the arms. */
  @Benchmark
  public double auction() {
    ArmAuction held =
        ArmAuction.hold(contestants, DISCOUNT, 0.5, CurveOptions.DEFAULT, Kernels.best(), workers);
    if (held.winner().isEmpty()) {
      throw new IllegalStateException("nobody won");
    }
    return held.indices()[held.winner().getAsInt()];
  }

  /** The merge alone: W and every W_-i from the steps. */
  @Benchmark
  public double merge() {
    return BanditWelfare.of(ready, DISCOUNT, 0.5, workers).welfare();
  }

  /** The expected profit by one integral. */
  @Benchmark
  public double profitIntegral() {
    double profit = ExpectedProfit.of(subscribers, DISCOUNT, 0.1, workers).profit();
    if (!(profit >= 0.1 / (1 - DISCOUNT))) {
      throw new IllegalStateException("less than the outside value: " + profit);
    }
    return profit;
  }

  /** The expected profit by 1,000 draws of all types. */
  @Benchmark
  public double profitDraws() {
    double profit = SampledProfit.of(subscribers, DISCOUNT, 0.1, 1000, 8, 1, workers).profit();
    if (!(profit >= 0.1 / (1 - DISCOUNT))) {
      throw new IllegalStateException("less than the outside value: " + profit);
    }
    return profit;
  }
}
