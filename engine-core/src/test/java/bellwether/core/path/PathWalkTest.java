package bellwether.core.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bellwether.core.distribution.Normal;
import bellwether.core.kernel.ScalarKernels;
import bellwether.core.parallel.Workers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The paths that a simulation has, one by one. */
class PathWalkTest {
  private static final double[] TIMES = {0, 2, 3};
  private static final PathProcess AR1 =
      new Autoregressive(Start.from(new Normal(1, 1)), 0.9, new Normal(0, 2));

  @ParameterizedTest
  @EnumSource(
      value = Design.class,
      names = {"INDEPENDENT", "ANTITHETIC", "STRATIFIED"})
  void blocksAreThoseOfTheSimulation(Design design) {
    int blocks = 3;
    double[] sum = new double[TIMES.length];
    PathWalk walk = new PathWalk(AR1, TIMES, design, ScalarKernels.INSTANCE);
    for (int b = blocks - 1; b >= 0; b--) {
      walk.run(
          17,
          b,
          PathBlock.SIZE,
          (time, block, values) -> {
            assertThat(block.time()).isEqualTo(TIMES[time]);
            for (int p = 0; p < block.paths(); p++) {
              sum[time] += values[p];
            }
          });
    }
    try (Workers workers = Workers.of(1)) {
      PathEstimates found =
          new PathSimulation(
                  PathStudy.of(AR1, TIMES).build(),
                  PathOptions.of(17, (long) blocks * PathBlock.SIZE).with(design),
                  ScalarKernels.INSTANCE)
              .run(workers);
      for (int i = 0; i < TIMES.length; i++) {
        assertThat(sum[i] / (blocks * PathBlock.SIZE))
            .isCloseTo(found.mean(i).value(), within(1e-13));
      }
    }
  }

  @Test
  void refusesWhatMakesNoBlock() {
    PathWalk pairs = new PathWalk(AR1, TIMES, Design.ANTITHETIC, ScalarKernels.INSTANCE);
    assertThatThrownBy(() -> pairs.run(1, 0, 7, (_, _, _) -> {}))
        .hasMessage("paths do not make a block, ANTITHETIC: 7");
    assertThatThrownBy(() -> new PathWalk(AR1, TIMES, Design.SOBOL, ScalarKernels.INSTANCE))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
