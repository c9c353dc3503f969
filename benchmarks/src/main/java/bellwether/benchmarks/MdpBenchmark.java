package bellwether.benchmarks;

import bellwether.core.mdp.BellmanOperator;
import bellwether.core.mdp.GeneratedMdp;
import bellwether.core.mdp.Mdp;
import bellwether.core.mdp.MdpProblem;
import bellwether.core.mdp.MdpSolver;
import bellwether.core.mdp.Solution;
import bellwether.core.mdp.SolveMethod;
import bellwether.core.mdp.SolveOptions;
import bellwether.core.parallel.Workers;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long does a solve at guaranteed error 1e-6 take, by every method, and one plain sweep over
 * all rows? {@code src/main/c/mdp_sweep.c} is the C to compare with.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {
      "--add-modules=jdk.incubator.vector",
      "-Xmx8g",
      "-XX:+UseTransparentHugePages"
    })
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
public class MdpBenchmark {
  private static final double TOLERANCE = 1e-6;

  private static final Mdp ONE_STATE =
      GeneratedMdp.of(
          1,
          1,
          (s, a, successors) -> {
            successors.accept(0, 1);
            return 0;
          });

  /** A model and its threads. */
  @State(Scope.Benchmark)
  public static class Model {
    /** The instance. */
    @Param public MdpInstance instance = MdpInstance.G1E5;

    /** Threads. */
    @Param({"1", "2"})
    public int threads;

    Workers workers = Workers.of(1);
    MdpProblem problem = MdpProblem.maximize(ONE_STATE, 0);

    /** Draws the model. */
    @Setup
    public void draw() {
      workers = Workers.of(threads);
      problem = instance.problem(workers);
    }

    /** Ends the threads. */
    @TearDown
    public void close() {
      workers.close();
    }
  }

  /** The operator with two vectors. */
  @State(Scope.Benchmark)
  public static class Operator {
    double[] from = new double[0];
    double[] to = new double[0];

    /** Makes the vectors. */
    @Setup
    public void make(Model model) {
      int n = model.problem.model().states();
      from = new double[n];
      to = new double[n];
      for (int s = 0; s < n; s++) {
        from[s] = s % 17;
      }
    }
  }

  /** The method. */
  @State(Scope.Benchmark)
  public static class Method {
    /** Its name. */
    @Param public SolveMethod method = SolveMethod.AUTO;
  }

  /** A whole solve. */
  @Benchmark
  public Solution solve(Model model, Method method) {
    SolveOptions options = SolveOptions.DEFAULT.withTolerance(TOLERANCE).with(method.method);
    return model.instance.check(
        MdpSolver.solve(model.problem, options, model.workers), 2 * TOLERANCE);
  }

  /** A hundred applications of the Bellman operator. */
  @Benchmark
  @OperationsPerInvocation(100)
  public double sweep(Model model, Operator operator) {
    try (BellmanOperator bellman = new BellmanOperator(model.problem, model.workers)) {
      for (int i = 0; i < 100; i++) {
        bellman.apply(operator.from, operator.to);
      }
      return bellman.high();
    }
  }
}
