package bellwether.core.bandit;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.core.kernel.Kernels;
import bellwether.core.kernel.ScalarKernels;
import bellwether.core.parallel.Workers;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Claimed bounds of Gittins indices against their error in 60 digits, where values are largest. */
class GittinsErrorBoundTest {
  private static final Kernels KERNELS = ScalarKernels.INSTANCE;
  private static final double DISCOUNT = 1 - 1e-8;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 150);
  }

  private static SmallArms arm(long seed) {
    SmallArms arm = SmallArms.random(1 + (int) (seed % 9), seed);
    double scale = Math.pow(10, (int) (seed % 5) * 3 - 6);
    return new SmallArms(
        Arrays.stream(arm.rewards()).map(r -> r * scale).toArray(), arm.transition());
  }

  /** The largest error, not rounded down. */
  private static double error(SmallArms arm, double[] indices) {
    BigDecimal[] exact = ExactIndices.digits(arm.rewards(), arm.transition(), DISCOUNT);
    double largest = 0;
    for (int s = 0; s < exact.length; s++) {
      double error = new BigDecimal(indices[s]).subtract(exact[s]).abs().doubleValue();
      largest = Math.max(largest, error);
    }
    return largest;
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void coversTheErrorOfBothPrecisions(long seed) {
    SmallArms small = arm(seed);
    try (Workers workers = Workers.of(1)) {
      for (Precision precision : Precision.values()) {
        MarkovArm arm = small.arm();
        StateElimination found = StateElimination.of(arm, DISCOUNT, precision, KERNELS, workers);
        double bound = found.certify(arm, arm.states(), KERNELS).errorBound();
        assertThat(error(small, found.indices())).as(precision.word()).isLessThanOrEqualTo(bound);
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void coversTheErrorOfRefinedIndices(long seed) {
    SmallArms small = arm(seed);
    try (Workers workers = Workers.of(1)) {
      RefinedIndices found = RefinedIndices.of(small.arm(), null, DISCOUNT, 0, KERNELS, workers);
      assertThat(found.certificate().checked()).isEqualTo(small.rewards().length);
      assertThat(error(small, found.indices()))
          .isLessThanOrEqualTo(found.certificate().errorBound());
    }
  }
}
