package bellwether.core.mdp;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Anderson's extrapolation of value iteration: the next guess is the combination of the last images
 * T h whose changes T h - h cancel best, sum of weights 1 (Anderson 1965; Walker and Ni 2011, type
 * II). Where the bounds have not closed since the last one, the memory is dropped and T h taken.
 */
final class AndersonGuess implements SpanIteration.Guess {
  private static final int MEMORY = 5;

  private final double[][] changes = new double[MEMORY][];
  private final double[][] images = new double[MEMORY][];
  private int count;
  private int next;

  @Override
  public void improve(SpanIteration iteration) {
    int n = iteration.h.length;
    if (iteration.bounds().sinceLeast() > 0) {
      count = 0;
    }
    if (images[next] == null || changes[next] == null) {
      changes[next] = new double[n];
      images[next] = new double[n];
    }
    double[] change = changes[next];
    double[] image = images[next];
    double middle = iteration.backups.low() / 2 + iteration.backups.high() / 2;
    double drift = iteration.drift;
    iteration.eachPiece(
        (from, to) -> {
          for (int s = from; s < to; s++) {
            change[s] = iteration.image[s] + drift - iteration.h[s] - middle;
            image[s] = iteration.image[s];
          }
        });
    int newest = next;
    next = (next + 1) % MEMORY;
    count = Math.min(MEMORY, count + 1);
    double[] weights = count > 1 ? weights(iteration, newest) : new double[0];
    if (weights.length == 0) {
      iteration.takeImage();
      return;
    }
    double[] old = iteration.h;
    double[] guess = iteration.image;
    iteration.eachPiece(
        (from, to) -> {
          for (int s = from; s < to; s++) {
            double v = 0;
            for (int i = 0; i < weights.length; i++) {
              v = Math.fma(weights[i], images[slot(newest, i)][s], v);
            }
            guess[s] = v;
          }
        });
    iteration.replace(guess, old);
  }

  /** The slot of the i-th newest. */
  private static int slot(int newest, int i) {
    return (newest - i + MEMORY) % MEMORY;
  }

  /** Weights, the newest first, that sum to 1 and make the combined change smallest; or none. */
  private double[] weights(SpanIteration iteration, int newest) {
    int m = count;
    DMatrixRMaj gram = new DMatrixRMaj(m, m);
    for (int i = 0; i < m; i++) {
      for (int j = 0; j <= i; j++) {
        double dot = iteration.dot(changes[slot(newest, i)], changes[slot(newest, j)]);
        gram.set(i, j, dot);
        gram.set(j, i, dot);
      }
    }
    double scale = CommonOps_DDRM.elementMaxAbs(gram);
    if (!(scale > 0)) {
      return new double[0];
    }
    // Nearly parallel changes: a little on the diagonal keeps the weights small.
    for (int i = 0; i < m; i++) {
      gram.set(i, i, gram.get(i, i) * (1 + 1e-10) + 1e-14 * gram.get(0, 0));
    }
    DMatrixRMaj ones = new DMatrixRMaj(m, 1);
    CommonOps_DDRM.fill(ones, 1);
    DMatrixRMaj solved = new DMatrixRMaj(m, 1);
    if (!CommonOps_DDRM.solve(gram, ones, solved)) {
      return new double[0];
    }
    double sum = CommonOps_DDRM.elementSum(solved);
    double[] weights = new double[m];
    double size = 0;
    for (int i = 0; i < m; i++) {
      weights[i] = solved.get(i, 0) / sum;
      size += Math.abs(weights[i]);
    }
    return size < 1e3 ? weights : new double[0];
  }
}
