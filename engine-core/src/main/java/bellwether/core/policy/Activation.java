package bellwether.core.policy;

import java.util.Arrays;

/** Chooses the arms with the largest indices. */
final class Activation {
  /** Indices tie within this share of the largest reward there is. */
  private static final double TIE = 1e-9;

  private final int activate;
  private final double tie;
  private final boolean[] taken;

  /**
   * Chooses for one thread.
   *
   * @param largest the largest |reward| of an arm
   */
  Activation(int arms, int activate, double largest) {
    this.activate = activate;
    this.tie = TIE * largest;
    this.taken = new boolean[arms];
  }

  /** Writes the numbers of the chosen arms to {@code chosen}, best first. */
  void choose(double[] scores, int[] chosen) {
    if (activate > 1) {
      Arrays.fill(taken, false);
    }
    for (int k = 0; k < activate; k++) {
      double best = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < scores.length; i++) {
        if (scores[i] > best && !taken[i]) {
          best = scores[i];
        }
      }
      int i = 0;
      while (taken[i] || !(scores[i] >= best - tie)) {
        i++;
      }
      chosen[k] = i;
      if (activate > 1) {
        taken[i] = true;
      }
    }
  }
}
