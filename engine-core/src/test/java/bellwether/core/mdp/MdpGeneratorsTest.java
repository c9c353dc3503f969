package bellwether.core.mdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bellwether.core.parallel.Workers;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The instances are those that were published, by the fingerprints that came with them. */
class MdpGeneratorsTest {
  private static final long SEED = MdpGenerators.SEED;

  /** FNV-1a over the columns in order, a column a step. */
  private static long fingerprint(RowMdp model) {
    long[] hash = {0x14650FB0739D0383L};
    for (int row = 0; row < model.rows(); row++) {
      model.forEachSuccessor(row, (t, p) -> hash[0] = (hash[0] ^ t) * 1_099_511_628_211L);
    }
    return hash[0];
  }

  private static double rewards(RowMdp model) {
    double sum = 0;
    for (int row = 0; row < model.rows(); row++) {
      sum += model.rowReward(row);
    }
    return sum;
  }

  private static void assertSolved(RowMdp model, double first, double sum, Workers workers) {
    Solution solution =
        MdpSolver.solve(
            MdpProblem.maximize(model, 0.99), SolveOptions.DEFAULT.withTolerance(1e-8), workers);
    assertThat(solution.value()[0]).isCloseTo(first, within(2e-8));
    assertThat(Arrays.stream(solution.value()).sum())
        .isCloseTo(sum, within(1e-8 * model.states() + 1e-8 * sum));
  }

  @Test
  void theGarnetOf100000StatesIsThePublishedOne() {
    try (Workers workers = Workers.of(2)) {
      SparseMdp model = MdpGenerators.garnet(100_000, 8, 8, SEED, workers);
      assertThat(fingerprint(model)).isEqualTo(0x352d582e9d2bcea3L);
      assertThat(rewards(model)).isCloseTo(399731.36712881253, within(1e-6));
      assertSolved(model, 89.492887407, 8950643.02906846, workers);
    }
  }

  @Test
  void theRingOf100000StatesIsThePublishedOne() {
    try (Workers workers = Workers.of(2)) {
      SparseMdp model = MdpGenerators.ring(100_000, 8, 8, 50, SEED, workers);
      assertThat(fingerprint(model)).isEqualTo(0x6fb0a0ca74d081f3L);
      assertThat(rewards(model)).isCloseTo(399558.79977734166, within(1e-6));
      assertSolved(model, 89.2759038347, 8958003.73333986, workers);
    }
  }

  @Test
  void theDenseModelOf2000StatesIsThePublishedOne() {
    try (Workers workers = Workers.of(2)) {
      DenseMdp model = MdpGenerators.denseRandom(2000, 10, SEED, workers);
      double[] row = new double[2000];
      model.forEachSuccessor(0, (t, p) -> row[t] = p);
      assertThat(row[0]).isEqualTo(9.447514474370939e-4);
      assertThat(rewards(model)).isCloseTo(9964.031009868584, within(1e-8));
      assertSolved(model, 90.5684008026, 180949.520737865, workers);
    }
  }

  @Test
  void threadsDoNotMatter() {
    try (Workers one = Workers.of(1);
        Workers three = Workers.of(3)) {
      SparseMdp a = MdpGenerators.ring(5000, 3, 4, 9, 7, one);
      SparseMdp b = MdpGenerators.ring(5000, 3, 4, 9, 7, three);
      assertThat(fingerprint(a)).isEqualTo(fingerprint(b));
      DenseMdp c = MdpGenerators.denseRandom(700, 3, 7, one);
      DenseMdp d = MdpGenerators.denseRandom(700, 3, 7, three);
      double[] v = new double[700];
      Arrays.setAll(v, i -> Math.sin(i));
      for (int row = 0; row < c.rows(); row++) {
        assertThat(c.expected(row, v)).isEqualTo(d.expected(row, v));
        assertThat(c.rowReward(row)).isEqualTo(d.rowReward(row));
      }
    }
  }

  @Test
  void theSmallestModelsAreMade() {
    try (Workers workers = Workers.of(1)) {
      assertThat(MdpGenerators.garnet(1, 1, 1, 3, workers).rows()).isEqualTo(1);
      assertThat(MdpGenerators.ring(1, 2, 1, 0, 3, workers).rows()).isEqualTo(2);
      assertThat(MdpGenerators.ring(3, 1, 3, 3, 3, workers).longestRow()).isEqualTo(3);
      assertThat(MdpGenerators.denseRandom(1, 1, 3, workers).rows()).isEqualTo(1);
    }
  }

  @Test
  void numbersOutOfRangeAreRefused() {
    try (Workers workers = Workers.of(1)) {
      assertThatThrownBy(() -> MdpGenerators.garnet(5, 2, 6, 1, workers))
          .hasMessage("branching must be 1 to 5: 6");
      assertThatThrownBy(() -> MdpGenerators.ring(50, 2, 4, 1, 1, workers))
          .hasMessage("branching must be 1 to 3: 4");
      assertThatThrownBy(() -> MdpGenerators.ring(50, 2, 4, 51, 1, workers))
          .hasMessage("halfWidth must be 0 to states, 50: 51");
      assertThatThrownBy(() -> MdpGenerators.garnet(0, 2, 1, 1, workers))
          .hasMessage("states must be at least 1: 0");
      assertThatThrownBy(() -> MdpGenerators.garnet(50_000_000, 8, 8, 1, workers))
          .hasMessage("states * actions * branching must be below 2^31: 3200000000");
    }
  }
}
