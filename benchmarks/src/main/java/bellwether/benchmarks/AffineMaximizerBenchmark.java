package bellwether.benchmarks;

import bellwether.core.parallel.Workers;
import bellwether.mechanisms.affine.AffineEvaluator;
import bellwether.mechanisms.affine.AffineRule;
import bellwether.mechanisms.affine.Combinations;
import bellwether.mechanisms.affine.Objective;
import bellwether.mechanisms.affine.PrivateEnvironment;
import bellwether.mechanisms.affine.RuleValue;
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
 * How long does one evaluation of an affine maximizer take: W, every W_-i and the values under the
 * maximizing actions for 1,000 draws of three bidders' values, items sold one after another? The
 * search makes thousands of them.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class AffineMaximizerBenchmark {
  private static final int DRAWS = 1_000;

  /** Items, with still types or moving ones. */
  @Param({"2", "3", "3 moving", "4"})
  public String items = "2";

  /** Threads. */
  @Param({"1", "2"})
  public int threads = 2;

  private Workers workers = Workers.of(1);
  private AffineEvaluator evaluator = evaluator(SequentialSales.byHistory(1, 1, 2, 0.9));
  private AffineRule rule = AffineRule.pivot(3, 4);
  private int calls;

  private AffineEvaluator evaluator(PrivateEnvironment environment) {
    return new AffineEvaluator(environment, Combinations.drawn(environment, DRAWS, 1, 0), workers);
  }

  /** Draws. */
  @Setup
  public void setUp() {
    workers = Workers.of(threads);
    String[] words = items.split(" ", -1);
    int count = Integer.parseInt(words[0]);
    evaluator =
        evaluator(
            words.length > 1
                ? SequentialSales.moving(3, count, 1_000, 0.9)
                : SequentialSales.byHistory(3, count, 1_000, 0.9));
  }

  /** Closes the threads. */
  @TearDown
  public void tearDown() {
    workers.close();
  }

  /** One rule after another, each a little different. */
  @Benchmark
  public double evaluation() {
    double shift = calls++ % 64 / 1000.0;
    rule = AffineRule.of(new double[] {1, 0.9 - shift, 1.1}, new double[] {0.45 + shift, 0, 0, 0});
    RuleValue value = evaluator.evaluate(rule);
    double revenue = value.mean(Objective.REVENUE);
    if (!(revenue > 0.5 && revenue < value.mean(Objective.WELFARE))) {
      throw new IllegalStateException("the answer is wrong: " + revenue);
    }
    return revenue;
  }
}
