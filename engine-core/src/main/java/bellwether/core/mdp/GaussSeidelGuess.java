package bellwether.core.mdp;

/**
 * Two sweeps in place between two sweeps with bounds. Values in place react to a constant that is
 * missing, so h is first brought to where the bounds have it.
 */
final class GaussSeidelGuess implements SpanIteration.Guess {
  private static final int IN_PLACE = 2;

  /** Nearer to 1 a constant of that size would cost digits. */
  private static final double LARGEST_DISCOUNT = 1 - 1e-6;

  @Override
  public void improve(SpanIteration iteration) {
    Backups backups = iteration.backups;
    double constant =
        iteration.discount <= LARGEST_DISCOUNT ? iteration.drift + iteration.bounds().middle() : 0;
    iteration.takeImage();
    double drift = iteration.drift;
    double[] h = iteration.h;
    double size = backups.size() + Math.abs(constant);
    shift(h, constant);
    backups.moved(constant, size);
    for (int i = 0; i < IN_PLACE; i++) {
      double rise = backups.sweepInPlace(h);
      size += rise;
      backups.moved(rise, size);
    }
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (double v : h) {
      least = Math.min(least, v);
      most = Math.max(most, v);
      size = Math.max(size, Math.abs(v));
    }
    double middle = least / 2 + most / 2;
    shift(h, -middle);
    backups.moved(size * 0x1p-51 - middle, (most - least) / 2 * (1 + 0x1p-50));
    iteration.drift = drift;
  }

  private static void shift(double[] h, double constant) {
    for (int s = 0; s < h.length; s++) {
      h[s] += constant;
    }
  }
}
