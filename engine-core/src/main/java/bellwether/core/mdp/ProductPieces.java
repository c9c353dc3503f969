package bellwether.core.mdp;

import bellwether.core.kernel.Kernels;
import bellwether.core.kernel.ModeKernels;
import java.util.Arrays;

/** Backs up one piece of a product model after the other; the workspace of one thread. */
abstract sealed class ProductPieces permits ActionBlocks, GroupedBlocks {
  private static final int LANES = ModeKernels.LANES;

  final ProductPlan plan;
  final double discount;

  /** Least and largest changes of a piece, and largest sizes. */
  final double[] extremes = new double[3 * LANES];

  double drift;
  double offset;

  /** What is chosen; empty in sweeps that do not choose. */
  int[] policy = new int[0];

  /** Whether the extremes are wanted. */
  boolean bounding;

  private long sweep = -1;

  ProductPieces(ProductPlan plan, double discount) {
    this.plan = plan;
    this.discount = discount;
  }

  /** The workspace that a plan asks for. */
  static ProductPieces of(
      ProductPlan plan, JointVectors vectors, double discount, Kernels kernels) {
    return switch (vectors) {
      case PlainVectors plain -> new ActionBlocks(plan, plain, discount, kernels);
      case DoubleSlots slots -> new DoubleBlocks(plan, slots, discount, kernels);
      case FloatSlots slots -> new FloatBlocks(plan, slots, discount, kernels);
    };
  }

  /** Before a piece. */
  final void begin(double less, boolean bounds, int[] chosen, double above, long number) {
    bounding = bounds;
    drift = less;
    policy = chosen;
    offset = above;
    if (number != sweep) {
      sweep = number;
      forget();
    }
    Arrays.fill(extremes, 0, LANES, Double.POSITIVE_INFINITY);
    Arrays.fill(extremes, LANES, 2 * LANES, Double.NEGATIVE_INFINITY);
    Arrays.fill(extremes, 2 * LANES, 3 * LANES, 0);
  }

  /** Before another h. */
  abstract void forget();

  /** Backs up a piece. */
  abstract void run(int piece);

  /** The least of T h - drift - h in the piece. */
  final double least() {
    double least = extremes[0];
    for (int i = 1; i < LANES; i++) {
      least = Math.min(least, extremes[i]);
    }
    return least;
  }

  /** The largest of T h - drift - h in the piece. */
  final double most() {
    double most = extremes[LANES];
    for (int i = 1; i < LANES; i++) {
      most = Math.max(most, extremes[LANES + i]);
    }
    return most;
  }

  /** The largest |T h - drift| of the piece. */
  final double largest() {
    double largest = 0;
    for (int i = 0; i < LANES; i++) {
      largest = Math.max(largest, extremes[2 * LANES + i]);
    }
    return largest;
  }
}
