package bellwether.batch.kind;

import bellwether.core.bandit.FiniteArm;

/**
 * Largest-remaining-index elimination in its plainest form, until the core's is merged. Each
 * eliminated state is folded into the others, so that the next largest ratio is the next index.
 */
final class StopgapElimination {
  private StopgapElimination() {}

  static double[] indices(FiniteArm arm, double discount) {
    int n = arm.states();
    double[] numerator = new double[n];
    double[] denominator = new double[n];
    double[] p = new double[n * n];
    arm.fillRewards(numerator);
    arm.forEachRow(
        (s, row, offset) -> {
          denominator[s] = 1;
          for (int t = 0; t < n; t++) {
            p[s * n + t] = discount * row[offset + t];
          }
        });
    double[] indices = new double[n];
    boolean[] done = new boolean[n];
    for (int k = 0; k < n; k++) {
      int best = -1;
      for (int s = 0; s < n; s++) {
        if (!done[s]
            && (best < 0 || numerator[s] / denominator[s] > numerator[best] / denominator[best])) {
          best = s;
        }
      }
      done[best] = true;
      indices[best] = numerator[best] / denominator[best];
      double stay = 1 / (1 - p[best * n + best]);
      for (int s = 0; s < n; s++) {
        if (done[s]) {
          continue;
        }
        double reach = p[s * n + best] * stay;
        numerator[s] += reach * numerator[best];
        denominator[s] += reach * denominator[best];
        for (int t = 0; t < n; t++) {
          if (!done[t]) {
            p[s * n + t] += reach * p[best * n + t];
          }
        }
      }
    }
    return indices;
  }
}
