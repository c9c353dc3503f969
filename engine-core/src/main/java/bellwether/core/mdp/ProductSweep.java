package bellwether.core.mdp;

import bellwether.core.kernel.Kernels;
import bellwether.core.parallel.Team;
import bellwether.core.parallel.Workers;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The Bellman operator of a product model, (T h)(theta) = max_a sign r(theta, a) + d E[h | theta,
 * a], block by block. Pieces are runs of blocks in the visiting order; they can be shared out among
 * threads in any way.
 */
final class ProductSweep {
  private static final double UNIT = 0x1p-53;
  private static final double ROUGH_UNIT = 0x1p-24;

  private final ProductPlan plan;
  private final JointVectors vectors;

  /** Rounding errors of an expectation, and of a number, in units of sizes. */
  private final double roundings;

  private final double unit;
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

  /** How the last image differs from its vector, or may: T h - drift - h. */
  private double leastChange = Double.NEGATIVE_INFINITY;

  private double mostChange = Double.POSITIVE_INFINITY;

  /** Sweeps in doubles. */
  ProductSweep(ProductPlan plan, double discount, Kernels kernels) {
    this(plan, discount, kernels, JointVectors.of(plan), plan.roundings, UNIT);
  }

  /** Sweeps in single precision, for a plan that is fit for them. */
  static ProductSweep rough(ProductPlan plan, double discount, Kernels kernels) {
    FloatSlots vectors = new FloatSlots(plan, Objects.requireNonNull(plan.groups));
    return new ProductSweep(plan, discount, kernels, vectors, plan.roughRoundings, ROUGH_UNIT);
  }

  private ProductSweep(
      ProductPlan plan,
      double discount,
      Kernels kernels,
      JointVectors vectors,
      double roundings,
      double unit) {
    this.plan = plan;
    this.vectors = vectors;
    this.roundings = roundings;
    this.unit = unit;
    this.kernels = kernels;
    this.discount = discount;
    pieces = plan.pieces;
    least = new double[pieces];
    most = new double[pieces];
    largest = new double[pieces];
    largestReward = plan.model.largestReward();
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
    return roundings * size + unit * (2 * plan.model.agents() + 8.0) * constant;
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
    // If h is the last image, T h - h is within d times what it was.
    if (Double.isFinite(leastChange)) {
      leastChange = discount * leastChange + (drift - less);
      mostChange = discount * mostChange + (drift - less);
    }
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
      leastChange = Double.POSITIVE_INFINITY;
      mostChange = Double.NEGATIVE_INFINITY;
      imageSize = 0;
      for (int i = 0; i < pieces; i++) {
        leastChange = Math.min(leastChange, least[i]);
        mostChange = Math.max(mostChange, most[i]);
        imageSize = Math.max(imageSize, largest[i]);
      }
      low = leastChange + drift;
      high = mostChange + drift;
      size = Math.max(hSize, imageSize);
    } else {
      low = Double.NEGATIVE_INFINITY;
      high = Double.POSITIVE_INFINITY;
      double most = largestReward + discount * hSize + Math.abs(drift);
      double changed = hSize + Math.max(-leastChange, mostChange);
      size = Math.max(hSize, Math.min(most, changed));
      // Rounding has been left out: of this image, and of the one before.
      double slack = 4 * rounding();
      leastChange -= slack;
      mostChange += slack;
      size += slack;
      imageSize = Math.min(most, changed) + slack;
    }
  }

  /** A whole sweep. */
  void sweep(Team team) {
    Workers.checkInterrupted();
    team.forEach(pieces, this::run);
    end();
  }
}
