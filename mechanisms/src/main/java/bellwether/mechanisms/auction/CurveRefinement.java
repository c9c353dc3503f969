package bellwether.mechanisms.auction;

import bellwether.core.bandit.RetirementCurve;
import bellwether.core.bandit.RetirementSteps;
import bellwether.core.parallel.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Brackets the welfare of bidders given by curves, evaluating a curve only where the product of the
 * others makes it matter.
 *
 * <p>Each round takes the products of all least and all largest steps ({@link CurveGrid}), which
 * bound W and every W_-i, and then splits the cells that hold the widest of these brackets open.
 */
final class CurveRefinement {
  /** A split cell keeps about a quarter of its gap: two halves with an eighth each. */
  private static final double GAP_KEPT = 0.25;

  /** Only cells within this factor of the widest are split in one round. */
  private static final double ROUND_DEPTH = 1.0 / 16;

  /** Rounding of the sweeps and of the curves, as a share of the curves' values. */
  private static final double CURVE_ROUNDING = 1e-13;

  private final int bidders;
  private final double discount;
  private final double outside;
  private final CurveOptions options;
  private final Workers workers;
  private final AffineMap[] maps;
  private final RetirementSteps[] finite;
  private final int[] gridOf;
  private final List<CurveGrid> grids = new ArrayList<>();
  private final double tolerance;
  private final double truncation;

  CurveRefinement(
      List<? extends Bidder> bidders,
      double discount,
      double outside,
      CurveOptions options,
      Workers workers) {
    this.bidders = bidders.size();
    this.discount = discount;
    this.outside = outside;
    this.options = options;
    this.workers = workers;
    this.maps = new AffineMap[this.bidders];
    this.finite = new RetirementSteps[this.bidders];
    this.gridOf = new int[this.bidders];
    IdentityHashMap<RetirementCurve, Integer> known = new IdentityHashMap<>();
    double size = 0;
    double error = 0;
    boolean active = false;
    for (int i = 0; i < this.bidders; i++) {
      Bidder bidder = bidders.get(i);
      AffineMap map = bidder.objective();
      maps[i] = map;
      double offset = map.shift() / (1 - discount);
      switch (bidder) {
        case Bidder.Stepped stepped -> {
          finite[i] = stepped.steps();
          gridOf[i] = -1;
        }
        case Bidder.Curved curved -> {
          Integer grid = known.get(curved.curve());
          if (grid == null) {
            grid = grids.size();
            known.put(curved.curve(), grid);
            grids.add(new CurveGrid(curved.curve()));
          }
          gridOf[i] = grid;
          double last = grids.get(grid).last();
          grids.get(grid).lowerFloor((outside - offset) / map.scale());
          // A bidder that never beats the outside option adds neither error nor size.
          if (map.scale() * last + offset > outside) {
            active = true;
            error += map.scale() * curved.curve().truncationError();
            size = Math.max(size, Math.max(map.scale() * Math.abs(last), Math.abs(offset)));
          }
        }
      }
    }
    if (active && size == 0) {
      size = Math.abs(outside);
    }
    this.tolerance = active ? options.tolerance() * size : Double.POSITIVE_INFINITY;
    // Replacing one arm by another moves no joint value by more than the arms' values differ.
    this.truncation = active ? error + CURVE_ROUNDING * size + 2 * Math.ulp(outside) : 0;
  }

  BanditWelfare solve() {
    double allowed = tolerance - 2 * truncation;
    if (!(allowed > 0)) {
      throw new ToleranceNotReachedException(
          "tolerance "
              + tolerance
              + " cannot be reached: truncation and rounding alone are "
              + 2 * truncation);
    }
    while (true) {
      Workers.checkInterrupted();
      StepProduct most = product(0, StepProduct.NOBODY);
      StepProduct least = product(1, StepProduct.NOBODY);
      double[] upper = BanditWelfare.without(outside, most, workers);
      double[] lower = BanditWelfare.without(outside, least, workers);
      int widest = StepProduct.NOBODY;
      double width = most.gain() - least.gain();
      for (int i = 0; i < bidders; i++) {
        if (upper[i] - lower[i] > width) {
          width = upper[i] - lower[i];
          widest = i;
        }
      }
      if (width <= allowed) {
        return result(outside + least.gain(), outside + most.gain(), lower, upper);
      }
      refine(widest, width, allowed);
    }
  }

  /** The product of steps between the bounds of every curve, {@link CurveGrid#steps}. */
  private StepProduct product(double blend, int excluded) {
    RetirementSteps[] ofGrids = new RetirementSteps[grids.size()];
    Arrays.setAll(ofGrids, g -> grids.get(g).steps(blend));
    RetirementSteps[] steps = finite.clone();
    for (int i = 0; i < bidders; i++) {
      if (gridOf[i] >= 0) {
        steps[i] = ofGrids[gridOf[i]];
      }
    }
    return new StepProduct(steps, maps, discount, outside, excluded, true, workers);
  }

  /** Looks for the cells that hold the bracket of the welfare without {@code excluded} open. */
  private void refine(int excluded, double width, double allowed) {
    double[][] gaps = new double[grids.size()][];
    Arrays.setAll(gaps, g -> new double[grids.get(g).cells()]);
    // The product grows from one bound to the other along the blend; its rate splits by cells. Two
    // Gauss points integrate the rate exactly while at most four bidders are uncertain at one M.
    addGaps(0.5 - 0.5 / Math.sqrt(3), excluded, gaps);
    addGaps(0.5 + 0.5 / Math.sqrt(3), excluded, gaps);
    split(gaps, width, allowed);
  }

  /**
   * Splits the cells with the largest gaps.
   *
   * @param gaps one entry a cell of each grid, in sum about twice {@code width}
   */
  private void split(double[][] gaps, double width, double allowed) {
    double[] sorted = Arrays.stream(gaps).flatMapToDouble(Arrays::stream).sorted().toArray();
    double left = 0;
    for (double gap : sorted) {
      left += gap;
    }
    double widest = sorted[sorted.length - 1];
    double least = widest;
    for (int k = sorted.length - 1; k >= 0; k--) {
      if (sorted[k] < ROUND_DEPTH * widest || left <= allowed) {
        // Splitting these should leave half of what is allowed.
        break;
      }
      least = sorted[k];
      left -= (1 - GAP_KEPT) * sorted[k];
    }
    long evaluations = 0;
    int wanted = 0;
    for (int g = 0; g < grids.size(); g++) {
      evaluations += grids.get(g).evaluations();
      wanted += least > 0 ? grids.get(g).want(gaps[g], least) : 0;
    }
    if (wanted == 0 || evaluations + wanted > options.maxEvaluations()) {
      throw new ToleranceNotReachedException(
          "bracket is "
              + width
              + " wide after "
              + evaluations
              + " evaluations, expected at most "
              + allowed
              + (wanted == 0
                  ? ": rounding leaves nothing to split"
                  : " within " + options.maxEvaluations() + " evaluations"));
    }
    workers.forEach(grids.size(), g -> grids.get(g).evaluate());
  }

  private void addGaps(double blend, int excluded, double[][] gaps) {
    StepProduct product = product(blend, excluded);
    // Bidders of one curve and one map are one group; its row must be counted once.
    boolean[] counted = new boolean[bidders];
    for (int i = 0; i < bidders; i++) {
      if (gridOf[i] >= 0 && product.isActive(i) && !counted[product.group(i)]) {
        counted[product.group(i)] = true;
        double[] ofGrid = gaps[gridOf[i]];
        grids.get(gridOf[i]).addGaps(product.row(i), product.power(i), blend, ofGrid);
      }
    }
  }

  private BanditWelfare result(double low, double high, double[] lower, double[] upper) {
    double[] value = new double[bidders];
    long evaluations = 0;
    for (CurveGrid grid : grids) {
      evaluations += grid.evaluations();
    }
    for (int i = 0; i < bidders; i++) {
      value[i] = middle(lower[i], upper[i]);
      lower[i] = Math.max(outside, lower[i] - truncation);
      upper[i] += truncation;
    }
    return new BanditWelfare(
        middle(low, high),
        Math.max(outside, low - truncation),
        high + truncation,
        value,
        lower,
        upper,
        evaluations);
  }

  private static double middle(double low, double high) {
    return low + 0.5 * (high - low);
  }
}
