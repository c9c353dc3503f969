package bellwether.core.mdp;

import bellwether.core.kernel.Kernels;
import bellwether.core.parallel.Team;
import bellwether.core.parallel.Workers;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The Bellman operator of a product model, (T h)(theta) = max_a sign r(theta, a) + d E[h | theta,
 * a], block by block. Pieces are runs of blocks in the visiting order; they can be shared out among
 * threads in any way.
 */
final class ProductSweep {
  private static final double UNIT = 0x1p-53;

  /** Far more than what the rounding of a backup adds to a size. */
  private static final double ROUNDED_UP = 1 + 1e-9;

  private final ProductPlan plan;
  private final JointVectors vectors;
  private final Kernels kernels;
  private final double discount;

  private final int pieces;
  private final double[] least;
  private final double[] most;
  private final double[] largest;
  private final double largestReward;

  /** Workspaces that no thread uses at the moment. */
  private final ConcurrentLinkedQueue<ProductPieces> idle = new ConcurrentLinkedQueue<>();

  private double drift;
  private double offset;
  private boolean bounding;

  /** What is chosen; empty in sweeps that do not choose. */
  private int[] policy = new int[0];

  private long sweeps;
  private double low;
  private double high;
  private double hSize;
  private double imageSize;
  private double size;

  ProductSweep(ProductPlan plan, double discount, Kernels kernels) {
    this.plan = plan;
    vectors = JointVectors.of(plan);
    this.kernels = kernels;
    this.discount = discount;
    pieces = plan.pieces;
    least = new double[pieces];
    most = new double[pieces];
    largest = new double[pieces];
    largestReward = plan.model.largestReward();
  }

  double largestReward() {
    return largestReward;
  }

  int pieces() {
    return pieces;
  }

  /** The least of T h - h in the last sweep, which had bounds. */
  double low() {
    return low;
  }

  /** The largest of T h - h in the last sweep, which had bounds. */
  double high() {
    return high;
  }

  /** The largest |h| or |T h - drift| in the last sweep, or what they cannot exceed. */
  double size() {
    return size;
  }

  /** The largest |T h - drift| in the last sweep; without bounds what it cannot exceed. */
  double imageSize() {
    return imageSize;
  }

  long sweeps() {
    return sweeps;
  }

  /**
   * How far any number of the last sweep may be from what exact arithmetic would have made of the
   * same h, for a model whose rows are divided by their exact sums. A mode's sum of L products is
   * off by at most (L + 2) u times its size (Higham 2002, section 3.1), and modes add up.
   */
  double rounding() {
    double constant = largestReward + Math.abs(drift);
    return plan.roundings * size + UNIT * (2 * plan.model.agents() + 8.0) * constant;
  }

  /** The vector that is swept, and its image. */
  JointVectors vectors() {
    return vectors;
  }

  /**
   * What the next pieces do: the image becomes T h - less.
   *
   * @param largestEntry no entry of h is larger, or the negative of one
   * @param bounds whether to look at the changes T h - h, for which h is read once more
   * @param keep whether h is needed afterwards
   */
  void begin(double largestEntry, double less, boolean bounds, boolean keep) {
    vectors.begin(bounds, keep);
    start(largestEntry, less, bounds);
  }

  private void start(double largestEntry, double less, boolean bounds) {
    hSize = largestEntry;
    drift = less;
    bounding = bounds;
    policy = new int[0];
    sweeps++;
  }

  /**
   * What the next pieces do: the image becomes T h, and choose: the lowest action whose backup
   * comes within 1e-9 (1 + |best|) of the best, the backups being those at h + above.
   *
   * @param chosen gets the actions; may be empty where there is one action
   */
  void beginChoice(double largestEntry, double above, int[] chosen) {
    vectors.begin(true, false);
    start(largestEntry, 0, true);
    offset = above;
    policy = chosen;
  }

  /** Runs one piece, on any thread. */
  void run(int piece) {
    ProductPieces work = idle.poll();
    if (work == null) {
      work = ProductPieces.of(plan, vectors, discount, kernels);
    }
    work.begin(drift, bounding, policy, offset, sweeps);
    work.run(piece);
    least[piece] = work.least();
    most[piece] = work.most();
    largest[piece] = work.largest();
    idle.add(work);
  }

  /** After all pieces. */
  void end() {
    if (bounding) {
      low = Double.POSITIVE_INFINITY;
      high = Double.NEGATIVE_INFINITY;
      imageSize = 0;
      for (int i = 0; i < pieces; i++) {
        low = Math.min(low, least[i] + drift);
        high = Math.max(high, most[i] + drift);
        imageSize = Math.max(imageSize, largest[i]);
      }
    } else {
      low = Double.NEGATIVE_INFINITY;
      high = Double.POSITIVE_INFINITY;
      imageSize = (largestReward + discount * hSize + Math.abs(drift)) * ROUNDED_UP;
    }
    size = Math.max(hSize, imageSize);
  }

  /** A whole sweep. */
  void sweep(Team team) {
    Workers.checkInterrupted();
    team.forEach(pieces, this::run);
    end();
  }
}
