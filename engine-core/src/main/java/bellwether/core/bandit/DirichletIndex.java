package bellwether.core.bandit;

/**
 * Gittins indices of arms with few values and Dirichlet beliefs, between guaranteed bounds, and
 * their indices when only some pulls are left.
 *
 * <p>As for Bernoulli arms ({@link BetaBernoulliIndex}), two arms that differ only after N pulls
 * enclose the index: one pays its mean forever from then on; the other reveals its probabilities,
 * and the worth of that is bounded by its mean and variance, E X+ &lt;= (m + sqrt(m^2 + var)) / 2
 * (Scarf 1958). Their roots come from Dinkelbach's (1967) iteration; N grows until the bracket is
 * as narrow as asked. Rounding is part of the bracket.
 *
 * <p>Cost: N^K / K! cells a sweep for K categories, about ten sweeps; N is about ln(1 / tolerance)
 * / (1 - d).
 */
public final class DirichletIndex {
  /** The most cells that a sweep may have. */
  public static final double MAX_CELLS = 4e9;

  /** The most entries that a layer's array may have. */
  private static final double MAX_LAYER = 1e9;

  private static final int MOST_STEPS = 100;

  private final double low;
  private final double span;
  private final double mean;
  private final double discount;
  private final int categories;
  private final DirichletLattice lattice;

  private DirichletIndex(DirichletArm arm, double discount) {
    categories = arm.categories();
    double[] alpha = new double[categories];
    double[] values = new double[categories];
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < categories; k++) {
      alpha[k] = arm.alpha(k);
      least = Math.min(least, arm.value(k));
      most = Math.max(most, arm.value(k));
    }
    low = least;
    span = most - least;
    for (int k = 0; k < categories; k++) {
      values[k] = span == 0 ? 0 : (arm.value(k) - low) / span;
    }
    this.discount = discount;
    mean = DirichletArm.of(alpha, values).mean();
    lattice = new DirichletLattice(alpha, values, discount);
  }

  /**
   * A bracket around the index.
   *
   * @param discount d, in [0, 1)
   * @param tolerance widest bracket in reward units, positive
   * @throws IllegalArgumentException when an argument is out of range, or when the tolerance needs
   *     more than {@link #MAX_CELLS} cells or is below what rounding leaves
   * @throws java.util.concurrent.CancellationException when the thread is interrupted
   */
  public static IndexBracket of(DirichletArm arm, double discount, double tolerance) {
    if (!(discount >= 0 && discount < 1)) {
      throw new IllegalArgumentException("discount must be in [0, 1): " + discount);
    }
    if (!(tolerance > 0 && tolerance < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("tolerance must be positive and finite: " + tolerance);
    }
    DirichletIndex index = new DirichletIndex(arm, discount);
    if (!(index.span < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("values must differ by a finite number: " + arm);
    }
    if (index.span == 0) {
      return new IndexBracket(index.low, index.low, 0);
    }
    if (discount == 0) {
      return index.scaled(index.mean, index.mean, 2e-15, 0);
    }
    return index.bracket(tolerance / index.span);
  }

  /**
   * The index when {@code horizon} pulls are left: max over 1 &lt;= tau &lt;= horizon of E[sum of
   * discounted rewards before tau] / E[sum of discount factors before tau]. It grows with the
   * horizon, from the mean to the Gittins index.
   *
   * @param discount d, in [0, 1]
   * @param horizon pulls left, at least 1
   * @return bounds that rounding alone sets apart
   * @throws IllegalArgumentException when an argument is out of range or needs too many cells
   * @throws java.util.concurrent.CancellationException when the thread is interrupted
   */
  public static IndexBracket finite(DirichletArm arm, double discount, int horizon) {
    if (!(discount >= 0 && discount <= 1)) {
      throw new IllegalArgumentException("discount must be in [0, 1]: " + discount);
    }
    if (horizon < 1) {
      throw new IllegalArgumentException("horizon must be at least 1: " + horizon);
    }
    DirichletIndex index = new DirichletIndex(arm, discount);
    if (!(index.span < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("values must differ by a finite number: " + arm);
    }
    if (index.span == 0) {
      return new IndexBracket(index.low, index.low, horizon);
    }
    index.check(horizon);
    double periods = Math.min(horizon, 1 / (1 - discount));
    double root = index.root(index.mean, horizon, DirichletLattice.End.NOTHING, periods);
    double rounding = index.rounding(root, periods);
    return index.scaled(root, root, rounding, horizon);
  }

  /** As {@link #finite(DirichletArm, double, int)}, for an arm that succeeds or fails. */
  public static IndexBracket finite(BetaBernoulliArm arm, double discount, int horizon) {
    return finite(
        DirichletArm.of(new double[] {arm.alpha(), arm.beta()}, new double[] {1, 0}),
        discount,
        horizon);
  }

  private void check(double horizon) {
    if (!(DirichletLattice.cells(categories, horizon) <= MAX_CELLS
        && Math.pow(horizon + 1, categories - 1) <= MAX_LAYER)) {
      throw new IllegalArgumentException(
          "an index of "
              + categories
              + " categories that looks "
              + (long) horizon
              + " pulls ahead needs more than "
              + MAX_CELLS
              + " cells: ask for a wider bracket");
    }
  }

  private IndexBracket bracket(double tolerance) {
    int horizon = 8;
    double lower = mean;
    double periods = 1 / (1 - discount);
    while (true) {
      check(horizon);
      lower = Math.max(lower, root(lower, horizon, DirichletLattice.End.MEAN, periods));
      double rounding = rounding(lower, periods);
      double upper = root(lower, horizon, DirichletLattice.End.REVEALED, periods);
      double width = upper - lower + 2 * rounding;
      if (width <= tolerance) {
        return scaled(lower, upper, rounding, horizon);
      }
      if (!(4 * rounding <= tolerance)) {
        throw new IllegalArgumentException(
            "tolerance at discount "
                + discount
                + " must be at least "
                + 4 * rounding * span
                + " because of rounding: "
                + tolerance * span);
      }
      // The bracket shrinks by at least d a pull; but not all at once, as it may shrink faster.
      double room = StrictMath.log(0.5 * tolerance / (upper - lower));
      double more = Math.max(1, Math.ceil(room / StrictMath.log(discount)));
      horizon = (int) Math.min(Integer.MAX_VALUE / 2.0, horizon + Math.min(more, 3.0 * horizon));
    }
  }

  /** The charge at which pulling is worth 0, within {@link #rounding}. */
  private double root(double start, int horizon, DirichletLattice.End end, double periods) {
    double charge = start;
    for (int step = 0; step < MOST_STEPS; step++) {
      lattice.sweep(charge, horizon, end);
      // c is convex and falls by at least 1 for 1 of charge: its root is within |c|.
      double missed = Math.abs(lattice.rootValue());
      charge += lattice.rootValue() / lattice.rootTime();
      if (missed <= lattice.rounding(charge, periods)) {
        break;
      }
    }
    return charge;
  }

  /** Of the sweep, and as much again for what is left of Dinkelbach's iteration. */
  private double rounding(double charge, double periods) {
    return 2 * lattice.rounding(charge, periods);
  }

  private IndexBracket scaled(double lower, double upper, double rounding, int horizon) {
    double outward = 4e-16 * (Math.abs(low) + span);
    double least = Math.fma(span, lower - rounding, low) - outward;
    double most = Math.fma(span, upper + rounding, low) + outward;
    return new IndexBracket(least, most, horizon);
  }
}
