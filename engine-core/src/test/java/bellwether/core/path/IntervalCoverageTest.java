package bellwether.core.path;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.core.kernel.ScalarKernels;
import bellwether.core.parallel.Workers;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Of 2,000 seeds, 95% of the intervals contain the truth: with a coverage of exactly 0.95 fewer
 * than 1,852 do (five standard deviations) with probability 1e-6.
 */
class IntervalCoverageTest {
  private static final int SEEDS = 2_000;
  private static final int FEWEST = 1_852;

  private static boolean covers(Estimate estimate, double truth) {
    return estimate.lower() <= truth && truth <= estimate.upper();
  }

  private static PathEstimates run(PathStudy study, Design design, long seed) {
    try (Workers workers = Workers.of(1)) {
      return new PathSimulation(
              study, PathOptions.of(seed, 16_384).with(design), ScalarKernels.INSTANCE)
          .run(workers);
    }
  }

  @ParameterizedTest
  @EnumSource(Design.class)
  void intervalsCoverTheTruth(Design design) {
    PathProcess process = new ArithmeticBrownian(Start.at(0), 0.1, 0.4);
    PathStudy study =
        PathStudy.of(process, 1)
            .quantile(0.8)
            .barrier(new Barrier(0.5, Barrier.Monitoring.TIMES))
            .discountedSum(new DiscountedSum(1, DiscountedSum.Payoff.CALL, 0))
            .build();
    var normal = org.apache.commons.statistics.distribution.NormalDistribution.of(0.1, 0.4);
    double quantile = normal.inverseCumulativeProbability(0.8);
    double exceeds = normal.survivalProbability(0.5);
    double call = 0.1 * (1 - normal.cumulativeProbability(0)) + 0.16 * normal.density(0);
    long[] covered = new long[5];
    LongStream.range(0, SEEDS)
        .mapToObj(seed -> run(study, design, seed))
        .forEach(
            found -> {
              covered[0] += covers(found.mean(0), 0.1) ? 1 : 0;
              covered[1] += covers(found.variance(0), 0.16) ? 1 : 0;
              covered[2] += covers(found.quantile(0), quantile) ? 1 : 0;
              covered[3] += covers(found.barrierProbability(), exceeds) ? 1 : 0;
              covered[4] += covers(found.discountedSum(), call) ? 1 : 0;
            });
    assertThat(LongStream.of(covered).min().orElseThrow())
        .as("%s", java.util.Arrays.toString(covered))
        .isGreaterThanOrEqualTo(FEWEST);
  }
}
