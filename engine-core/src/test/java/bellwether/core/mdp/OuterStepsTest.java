package bellwether.core.mdp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OuterStepsTest {
  private static final int TYPES = 9;

  static IntStream seeds() {
    return IntStream.range(0, 60);
  }

  private static ProductPlan.ModeStep random(SplittableRandom random) {
    double[][] matrix = new double[TYPES][TYPES];
    for (double[] row : matrix) {
      row[random.nextInt(TYPES)] += 0.25;
      row[random.nextInt(TYPES)] += 0.75;
    }
    return new ProductPlan.ModeStep(TypeTransition.dense(matrix), 1);
  }

  private static int[] successors(ProductPlan.ModeStep step, int type) {
    return new int[] {step.successor[step.start[type]], step.successor[step.start[type + 1] - 1]};
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void makesAsFewAveragesAsCanBe(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    ProductPlan.ModeStep step = random(random);
    int[] order = IntStream.range(0, TYPES).toArray();
    int slots = 2 + seed % 3;
    OuterSteps steps = new OuterSteps(step, order, 1, slots);
    long made = Arrays.stream(steps.make).filter(u -> u >= 0).count();
    assertThat(made).isEqualTo(fewest(step, 0, 0, slots));
  }

  /** By trying all: averages to make from request k on, two a type, with a set of types kept. */
  private static int fewest(ProductPlan.ModeStep step, int k, int kept, int slots) {
    if (k == 2 * TYPES) {
      return 0;
    }
    int[] pair = successors(step, k / 2);
    int wanted = pair[k % 2];
    if ((kept >> wanted & 1) == 1) {
      return fewest(step, k + 1, kept, slots);
    }
    int with = kept | 1 << wanted;
    if (Integer.bitCount(with) <= slots) {
      return 1 + fewest(step, k + 1, with, slots);
    }
    int best = Integer.MAX_VALUE;
    for (int u = 0; u < TYPES; u++) {
      if (u != wanted && u != pair[1 - k % 2] && (kept >> u & 1) == 1) {
        best = Math.min(best, 1 + fewest(step, k + 1, with & ~(1 << u), slots));
      }
    }
    return best;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void readsWhatHasBeenMade(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    ProductPlan.ModeStep step = random(random);
    int[] order = random.ints(200, 0, TYPES).distinct().toArray();
    OuterSteps steps = new OuterSteps(step, order, 1 + seed % 4, 3);
    for (int p = 0; p < steps.parts(); p++) {
      int[] kept = {-1, -1, -1};
      int[] lasts = new int[TYPES];
      for (int i = steps.part[p]; i < steps.part[p + 1]; i++) {
        for (int e = 2 * i; e < 2 * i + 2; e++) {
          if (steps.make[e] >= 0) {
            kept[steps.slot[e]] = steps.make[e];
            assertThat(lasts[steps.make[e]]).isZero();
            lasts[steps.make[e]] = steps.lastMake[e] ? 1 : 0;
          }
        }
        int[] pair = successors(step, steps.type[i]);
        assertThat(kept[steps.slot[2 * i]]).isEqualTo(pair[0]);
        assertThat(kept[steps.slot[2 * i + 1]]).isEqualTo(pair[1]);
      }
    }
  }
}
