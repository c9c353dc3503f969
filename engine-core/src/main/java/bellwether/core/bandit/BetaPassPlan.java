package bellwether.core.bandit;

/**
 * How finely and how far {@link BetaPass} looks: choices that cost time when they are bad, never
 * truth.
 *
 * <p>Charges are sin^2 of equally spaced angles, so that the spacing is in proportion to the
 * standard deviation of a belief. Tangents and chords at charges s apart leave a gap of about s^2 /
 * (8 l), where l is the charge over which the discounted number of pulls changes by its own size:
 * half the distance that a mean moves in 1 / (1 - d) pulls, or in as many as there were.
 *
 * <p>A sweep that takes its border from a coarser one divides the gap of that by the chance, in
 * discounted weight, of coming to the border. Seen from where pulling just pays, successes minus
 * their expectation are a random walk with variance v = lambda (1 - lambda) a pull; it comes to
 * height H with weight about 2 k exp(-k H), k = sqrt(2 (1 - d) / v), and is still between 0 and H
 * after T pulls with weight about exp(-T (1 - d + pi^2 v / (2 H^2))) / 2.
 */
final class BetaPassPlan {
  /** Inner groups of seven intervals for each interval of the outer charges. */
  static final int GROUPS = 8;

  private static final int INTERVALS = BetaStrip.LANES - 1;

  /** By how much the gap of the inner sweep is divided in the last, local one. */
  private static final double LOCAL_REDUCTION = 30;

  /** By how much reductions are aimed too high, since the walk starts a row or two up. */
  private static final double MARGIN = 2.5;

  /** Entries from which a pass takes less time than one by one, times 1 / (1 - d); measured. */
  private static final double WORTH = 2e5;

  private static final int LEAST_WORTH = 1600;

  final double discount;
  final double alpha;
  final double counts;
  final int size;
  final boolean triangle;
  final double tolerance;

  /** Rounding of a sweep in effect, as a charge. */
  final double rounding;

  /** Rounding of h. */
  final double allowance;

  /** What a truncated sweep may miss of h. */
  final double missed;

  final int tasks;
  private final double angle;
  private final double spacing;
  private final double outerReduction;
  private final double localReduction;

  BetaPassPlan(
      BetaBernoulliArm arm, int size, boolean triangle, double discount, double tolerance) {
    this.discount = discount;
    this.alpha = arm.alpha();
    this.counts = arm.alpha() + arm.beta();
    this.size = size;
    this.triangle = triangle;
    this.tolerance = tolerance;
    double forever = 1 / (1 - discount);
    rounding = 8 * 0x1p-53 * (forever + 1);
    allowance = 2 * rounding * forever;
    missed = 100 * tolerance;
    double most = counts + (triangle ? size : 2.0 * size);
    double scale = 0.5 * Math.sqrt(Math.min(forever, most)) / most;
    localReduction = Math.max(LOCAL_REDUCTION, 20 * allowance / tolerance);
    // Measured: with this much more or less than the estimate, some 0.3% of the entries are left.
    double spare = Math.min(10, 200 * (1 - discount));
    spacing = Math.sqrt(8 * scale * spare * tolerance * localReduction);
    outerReduction = (double) INTERVALS * INTERVALS * GROUPS * GROUPS;
    double lowest = alpha / (counts + size - 1);
    double highest = (alpha + size - 1) / (counts + size - 1);
    highest += farthest() * Math.sqrt(highest * (1 - highest) / (counts + size));
    angle = StrictMath.asin(Math.sqrt(lowest)) - spacing;
    double range = StrictMath.asin(Math.sqrt(Math.min(1, highest))) - angle;
    tasks = (int) Math.min(1 << 24, Math.ceil(range / (spacing * stride()) + 1e-6));
  }

  /** Whether a table of so many entries takes less time in one pass. */
  static boolean pays(long entries, double discount) {
    return discount > 0 && entries >= Math.max(LEAST_WORTH, WORTH * (1 - discount));
  }

  /** Inner charges from one task to the next. */
  static int stride() {
    return INTERVALS * INTERVALS * GROUPS;
  }

  /** Charge number k. */
  double charge(int k) {
    double sine = StrictMath.sin(Math.clamp(angle + k * spacing, 0x1p-40, 0.5 * Math.PI));
    return Math.min(sine * sine, 1 - 0x1p-50);
  }

  /**
   * An index is at most this many standard deviations above the mean: the root of x = d / (1 - d)
   * (sqrt(1 + x^2) - x) / 2, where knowing the probability pays x.
   */
  private double farthest() {
    double r = 1 + 2 * (1 - discount) / discount;
    return 1 / Math.sqrt(r * r - 1);
  }

  /** No entry of the table in a later layer has its index between these; negative if none. */
  int lastLayer(double low, double high) {
    int most = triangle ? size - 1 : 2 * size - 2;
    double failures = Math.floor((size - 1 + counts - alpha) / (1 - high) - counts);
    int last = (int) Math.min(most, failures + 1);
    int first = -1;
    while (last - first > 1) {
      int middle = (last + first + 1) >>> 1;
      double n = counts + middle;
      double reach = (alpha + size - 1) / n + 0.5 * farthest() / Math.sqrt(n + 1);
      if (reach >= low) {
        first = middle;
      } else {
        last = middle;
      }
    }
    return last;
  }

  /** Rows of the outer sweep that inner sweeps need. */
  int outerHeight(double charge) {
    return height(charge, outerReduction);
  }

  /** Layers beyond those the local sweeps need, of an inner one. */
  int outerReach(double charge) {
    return reach(charge, outerReduction);
  }

  /** Rows of a local sweep. */
  int localHeight(double charge) {
    return height(charge, localReduction);
  }

  /** Layers of a local sweep, at least. */
  int localReach(double charge) {
    return reach(charge, localReduction);
  }

  /** Layers after which what is missed is small. */
  int horizon(int lastLayer) {
    double gap = 0.25 / Math.sqrt(counts + lastLayer) / (1 - discount);
    return (int) Math.max(1, Math.ceil(StrictMath.log(missed / gap) / StrictMath.log(discount)));
  }

  private double rate(double charge) {
    return Math.sqrt(2 * (1 - discount) / variance(charge));
  }

  private static double variance(double charge) {
    return Math.max(charge * (1 - charge), 1e-6);
  }

  private int height(double charge, double reduction) {
    double k = rate(charge);
    return 1 + (int) Math.ceil(StrictMath.log(Math.max(2, 2 * MARGIN * k * reduction)) / k);
  }

  private int reach(double charge, double reduction) {
    double h = height(charge, reduction);
    double decay = -StrictMath.log(discount) + 4.93 * variance(charge) / (h * h);
    return 1 + (int) Math.ceil(StrictMath.log(0.5 * MARGIN * reduction) / decay);
  }
}
