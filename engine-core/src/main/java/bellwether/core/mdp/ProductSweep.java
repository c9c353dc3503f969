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
  /** Doubles of a piece, about, where there are enough blocks. */
  private static final int PIECE = 1 << 20;

  /** Pieces that small models are cut into. */
  private static final int PIECES = 16;

  private static final double UNIT = 0x1p-53;

  /** Far more than what the rounding of a backup adds to a size. */
  private static final double ROUNDED_UP = 1 + 1e-9;

  private final ProductPlan plan;
  private final Kernels kernels;
  private final double discount;

  /** Blocks fall into runs that differ in the last outer type; a piece is some runs, or a part. */
  private final int runs;

  private final int runsAPiece;
  private final int parts;
  private final int pieces;
  private final double[] least;
  private final double[] most;
  private final double[] largest;
  private final double largestReward;

  /** Workspaces that no thread uses at the moment. */
  private final ConcurrentLinkedQueue<ProductBlock> idle = new ConcurrentLinkedQueue<>();

  private double[] h = new double[0];
  private double[] out = new double[0];
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
    this.kernels = kernels;
    this.discount = discount;
    int last = plan.outer > 0 ? plan.size[plan.outer - 1] : 1;
    long share = Math.max(1, Math.min(PIECE / plan.blockSize, plan.blocks / PIECES));
    runs = plan.blocks / last;
    parts = (int) Math.ceilDiv(last, share);
    runsAPiece = (int) Math.max(1, share / last);
    pieces = Math.ceilDiv(runs, runsAPiece) * parts;
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

  /**
   * What the next pieces do: next = T h - less.
   *
   * @param largestEntry no entry of h is larger, or the negative of one
   * @param bounds whether to look at the changes T h - h, for which h is read once more
   */
  void begin(double[] from, double largestEntry, double[] next, double less, boolean bounds) {
    h = from;
    hSize = largestEntry;
    out = next;
    drift = less;
    bounding = bounds;
    policy = new int[0];
    sweeps++;
  }

  /**
   * What the next pieces do: next = T h, and choose: the lowest action whose backup comes within
   * 1e-9 (1 + |best|) of the best, the backups being those at h + above.
   */
  void beginChoice(double[] from, double largestEntry, double[] next, double above, int[] chosen) {
    begin(from, largestEntry, next, 0, true);
    offset = above;
    policy = chosen;
  }

  /** Runs one piece, on any thread. */
  void run(int piece) {
    ProductBlock block = idle.poll();
    if (block == null) {
      block = new ProductBlock(plan, discount, kernels);
    }
    block.begin(h, out, drift, bounding, policy, offset, sweeps);
    int run = piece / parts * runsAPiece;
    int part = piece % parts;
    int end = Math.min(runs, run + runsAPiece);
    int last = plan.blocks / runs;
    for (; run < end; run++) {
      int to = run * last + (int) ((long) last * (part + 1) / parts);
      for (int b = run * last + (int) ((long) last * part / parts); b < to; b++) {
        block.run(b);
      }
    }
    least[piece] = block.least();
    most[piece] = block.most();
    largest[piece] = block.largest();
    idle.add(block);
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
