package bellwether.vector;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.core.bandit.BetaBernoulliArm;
import bellwether.core.bandit.BetaBernoulliIndex;
import bellwether.core.bandit.BetaBernoulliRetirement;
import bellwether.core.bandit.BetaBernoulliTable;
import bellwether.core.kernel.Kernels;
import bellwether.core.kernel.ScalarKernels;
import bellwether.core.parallel.Workers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole Beta-Bernoulli computations give the same bits with either provider. */
class BetaBernoulliBitsTest {
  private static final Kernels SCALAR = ScalarKernels.INSTANCE;
  private static final Kernels VECTOR = new VectorKernels();

  @ParameterizedTest
  @CsvSource({"1, 1, 0.5", "0.3, 7, 0.9", "12, 3, 0.99", "5000, 100000, 0.97", "1, 1, 0.999"})
  void index(double alpha, double beta, double discount) {
    BetaBernoulliArm arm = new BetaBernoulliArm(alpha, beta);
    assertThat(BetaBernoulliIndex.of(arm, discount, 1e-10, VECTOR))
        .isEqualTo(BetaBernoulliIndex.of(arm, discount, 1e-10, SCALAR));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void table(int threads) {
    BetaBernoulliArm arm = new BetaBernoulliArm(1, 2);
    try (Workers one = Workers.of(1);
        Workers many = Workers.of(threads)) {
      BetaBernoulliTable expected = BetaBernoulliTable.square(arm, 8, 0.98, 1e-10, SCALAR, one);
      BetaBernoulliTable actual = BetaBernoulliTable.square(arm, 8, 0.98, 1e-10, VECTOR, many);
      for (int i = 0; i < 8; i++) {
        for (int j = 0; j < 8; j++) {
          assertThat(actual.lower(i, j)).isEqualTo(expected.lower(i, j));
          assertThat(actual.upper(i, j)).isEqualTo(expected.upper(i, j));
        }
      }
    }
  }

  @Test
  void tableInOnePass() {
    BetaBernoulliArm arm = new BetaBernoulliArm(1, 2);
    try (Workers one = Workers.of(1);
        Workers two = Workers.of(2)) {
      BetaBernoulliTable expected = BetaBernoulliTable.square(arm, 46, 0.99, 1e-9, SCALAR, one);
      BetaBernoulliTable actual = BetaBernoulliTable.square(arm, 46, 0.99, 1e-9, VECTOR, two);
      for (int i = 0; i < 46; i++) {
        for (int j = 0; j < 46; j++) {
          assertThat(actual.lower(i, j)).isEqualTo(expected.lower(i, j));
          assertThat(actual.upper(i, j)).isEqualTo(expected.upper(i, j));
        }
      }
    }
  }

  @Test
  void retirement() {
    BetaBernoulliArm arm = new BetaBernoulliArm(2, 3);
    BetaBernoulliRetirement scalar = BetaBernoulliRetirement.of(arm, 0.97, 5, 1e-8, SCALAR);
    BetaBernoulliRetirement vector = BetaBernoulliRetirement.of(arm, 0.97, 5, 1e-8, VECTOR);
    assertThat(vector.lastBreakpoint()).isEqualTo(scalar.lastBreakpoint());
    double[] expected = new double[2];
    double[] actual = new double[2];
    for (double m = -1; m < 180; m += 1.7) {
      scalar.evaluate(m, expected);
      vector.evaluate(m, actual);
      assertThat(actual).isEqualTo(expected);
    }
  }
}
