package bellwether.core.bandit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bellwether.core.kernel.ScalarKernels;
import bellwether.core.parallel.Workers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BetaBernoulliTableTest {
  private static final BetaBernoulliArm UNIFORM = new BetaBernoulliArm(1, 1);

  private static BetaBernoulliTable square(int size, double discount, int threads) {
    try (Workers workers = Workers.of(threads)) {
      return BetaBernoulliTable.square(
          UNIFORM, size, discount, 1e-10, ScalarKernels.INSTANCE, workers);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void entriesAreTheSingleIndicesOnAnyThreads(int threads) {
    BetaBernoulliTable table = square(7, 0.95, threads);
    for (int i = 0; i < 7; i++) {
      for (int j = 0; j < 7; j++) {
        IndexBracket one =
            BetaBernoulliIndex.of(
                new BetaBernoulliArm(1 + i, 1 + j), 0.95, 1e-10, ScalarKernels.INSTANCE);
        assertThat(table.lower(i, j)).isEqualTo(one.lower());
        assertThat(table.upper(i, j)).isEqualTo(one.upper());
        assertThat(table.index(i, j)).isEqualTo(one.index());
      }
    }
  }

  @Test
  void indicesGrowWithSuccessesAndFallWithFailures() {
    BetaBernoulliTable table = square(12, 0.99, 2);
    for (int i = 0; i < 12; i++) {
      for (int j = 0; j < 12; j++) {
        if (i > 0) {
          assertThat(table.lower(i, j)).isGreaterThan(table.upper(i - 1, j));
        }
        if (j > 0) {
          assertThat(table.upper(i, j)).isLessThan(table.lower(i, j - 1));
        }
      }
    }
  }

  @Test
  void triangleIsTheCornerOfTheSquare() {
    BetaBernoulliTable square = square(5, 0.9, 1);
    try (Workers workers = Workers.of(2)) {
      BetaBernoulliTable triangle =
          BetaBernoulliTable.triangle(UNIFORM, 5, 0.9, 1e-10, ScalarKernels.INSTANCE, workers);
      assertThat(triangle.size()).isEqualTo(5);
      assertThat(triangle.has(1, 4)).isFalse();
      assertThat(triangle.lower(1, 3)).isEqualTo(square.lower(1, 3));
      assertThatThrownBy(() -> triangle.index(1, 4))
          .isInstanceOf(IndexOutOfBoundsException.class)
          .hasMessage("no entry (1, 4) in size 5");
    }
  }

  @Test
  void sizeOutOfRangeIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> square(0, 0.9, 1))
        .withMessage("size must be 1 to 10000: 0");
  }
}
