package bellwether.vector;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.core.distribution.Beta;
import bellwether.core.distribution.Discrete;
import bellwether.core.distribution.Exponential;
import bellwether.core.distribution.Kumaraswamy;
import bellwether.core.distribution.Lognormal;
import bellwether.core.distribution.Normal;
import bellwether.core.distribution.Power;
import bellwether.core.distribution.Uniform;
import bellwether.core.kernel.Kernels;
import bellwether.core.kernel.ScalarKernels;
import bellwether.core.parallel.Workers;
import bellwether.core.path.ArithmeticBrownian;
import bellwether.core.path.Arrivals;
import bellwether.core.path.Autoregressive;
import bellwether.core.path.Barrier;
import bellwether.core.path.BetaBernoulliLearning;
import bellwether.core.path.Bridged;
import bellwether.core.path.Design;
import bellwether.core.path.DiscountedSum;
import bellwether.core.path.Estimate;
import bellwether.core.path.FiniteChain;
import bellwether.core.path.GeometricBrownian;
import bellwether.core.path.MultiplicativeWalk;
import bellwether.core.path.NormalLearning;
import bellwether.core.path.OrnsteinUhlenbeck;
import bellwether.core.path.PathEstimates;
import bellwether.core.path.PathOptions;
import bellwether.core.path.PathProcess;
import bellwether.core.path.PathSimulation;
import bellwether.core.path.PathStudy;
import bellwether.core.path.Start;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole simulations: the same bits with every provider, number of threads and width. */
class PathSimulationBitsTest {

  static Stream<PathProcess> processes() {
    Start drawn = Start.from(new Lognormal(0, 0.3));
    return Stream.of(
        new Autoregressive(Start.from(new Beta(2, 3)), 0.9, new Normal(0.1, 0.5)),
        new Autoregressive(Start.from(new Kumaraswamy(2, 3)), 0.9, new Exponential(2)),
        new MultiplicativeWalk(
            Start.from(new Power(2)), Discrete.of(new double[] {0.5, 2}, new double[] {0.6, 0.4})),
        new FiniteChain(
            new double[] {0, 1, 3},
            new double[] {0.7, 0.2, 0.1, 0.3, 0.5, 0.2, 0.1, 0.4, 0.5},
            new double[] {0.5, 0.5, 0}),
        new BetaBernoulliLearning(2, 3),
        new NormalLearning(0, 1, 2),
        new ArithmeticBrownian(drawn, 0.1, 0.4),
        new GeometricBrownian(drawn, 0.05, 0.3),
        new OrnsteinUhlenbeck(drawn, 0.7, 1, 0.5),
        Arrivals.counted(2),
        Arrivals.marked(2, new Uniform(0, 1)));
  }

  private static List<Estimate> estimates(
      PathProcess process, Design design, Kernels kernels, int threads) {
    Barrier.Monitoring monitoring =
        process instanceof Bridged
            ? Barrier.Monitoring.CONTINUOUS
            : process.inPeriods() ? Barrier.Monitoring.PERIODS : Barrier.Monitoring.TIMES;
    PathStudy study =
        PathStudy.of(process, 1, 2, 4)
            .covariances()
            .quantile(0.7)
            .maximum()
            .barrier(new Barrier(1.1, monitoring))
            .discountedSum(new DiscountedSum(0.9, DiscountedSum.Payoff.PUT, 1))
            .build();
    try (Workers workers = Workers.of(threads)) {
      PathEstimates found =
          new PathSimulation(study, PathOptions.of(5, 20_001).with(design), kernels).run(workers);
      List<Estimate> all = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        all.add(found.mean(i));
        all.add(found.quantile(i));
        for (int j = 0; j < 3; j++) {
          all.add(found.covariance(i, j));
        }
      }
      all.add(found.barrierProbability());
      all.add(found.discountedSum());
      all.add(found.maximum());
      return all;
    }
  }

  @ParameterizedTest
  @MethodSource("processes")
  void vectorAndScalarGiveTheSameBits(PathProcess process) {
    for (Design design : Design.values()) {
      List<Estimate> expected = estimates(process, design, ScalarKernels.INSTANCE, 1);
      assertThat(estimates(process, design, new VectorKernels(), 2)).isEqualTo(expected);
      assertThat(estimates(process, design, Kernels.best(), 3)).isEqualTo(expected);
    }
  }

  /**
   * What is left is a generator's seed a block of 1024 paths: less than a byte a path. In a virtual
   * machine of its own, where no other test decides what is compiled and how.
   */
  @Test
  @Tag("allocation")
  void allocatesNothingAPath() {
    PathStudy study =
        PathStudy.of(new GeometricBrownian(Start.at(1), 0.05, 0.2), 1, 2, 3, 4, 5)
            .covariances()
            .build();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long fewest = Long.MAX_VALUE;
    long paths = 1 << 19;
    try (Workers workers = Workers.of(1)) {
      PathSimulation simulation =
          new PathSimulation(study, PathOptions.of(1, 1L << 39), new VectorKernels());
      for (int round = 0; round < 60 && fewest > paths; round++) {
        long before = threads.getCurrentThreadAllocatedBytes();
        simulation.advance(workers);
        fewest = Math.min(fewest, threads.getCurrentThreadAllocatedBytes() - before);
      }
      assertThat(simulation.paths() % paths).isZero();
    }
    assertThat(fewest).isLessThan(paths);
  }
}
