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
 * bound W and every W_-i, and then splits the cells that hold the widest of these brackets open. A
 * cell's share is what its bracket would close if it alone were known: the sweep over the largest
 * steps, without the bidder whose W_-i it is, gives it exactly.
 */
final class CurveRefinement {
  /** A split cell keeps about a quarter of its gap: two halves with an eighth each. */
  private static final double GAP_KEPT = 0.25;

  /** Only cells within this factor of the widest are split in one round. */
  private static final double ROUND_DEPTH = 1.0 / 16;

  /** Rounding of the sweeps and of the curves, as a share of max(|M0|, |B|). */
  private static final double ROUNDING = 1e-13;

  private final int bidders;
  private final double discount;
  private final double outside;
  private final CurveOptions options;
  private final Workers workers;
  private final AffineWeight[] weights;
  private final RetirementSteps[] finite;
  private final int[] gridOf;
  private final List<CurveGrid> grids = new ArrayList<>();
  private final double scale;
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
    this.weights = new AffineWeight[this.bidders];
    this.finite = new RetirementSteps[this.bidders];
    this.gridOf = new int[this.bidders];
    IdentityHashMap<RetirementCurve, Integer> known = new IdentityHashMap<>();
    double top = Math.abs(outside);
    double error = 0;
    for (int i = 0; i < this.bidders; i++) {
      Bidder bidder = bidders.get(i);
      AffineWeight weight = bidder.weight();
      weights[i] = weight;
      double offset = weight.shift() / (1 - discount);
      double last;
      switch (bidder) {
        case Bidder.Stepped stepped -> {
          finite[i] = stepped.steps();
          gridOf[i] = -1;
          double[] breakpoints = stepped.steps().breakpoints();
          last = breakpoints.length == 0 ? outside : weight.scale() * breakpoints[0] + offset;
        }
        case Bidder.Curved curved -> {
          Integer grid = known.get(curved.curve());
          if (grid == null) {
            grid = grids.size();
            known.put(curved.curve(), grid);
            grids.add(new CurveGrid(curved.curve()));
          }
          gridOf[i] = grid;
          grids.get(grid).lowerFloor((outside - offset) / weight.scale());
          last = weight.scale() * grids.get(grid).last() + offset;
          if (last > outside) {
            error += weight.scale() * curved.curve().truncationError();
          }
        }
      }
      top = Math.max(top, Math.abs(last));
    }
    this.scale = top;
    // Replacing one arm by another moves no joint value by more than the arms' values differ.
    this.truncation = error + ROUNDING * top;
  }

  BanditWelfare solve() {
    double tolerance = options.tolerance() * scale;
    double allowed = tolerance - 2 * truncation;
    if (!(allowed > 0) && scale > 0) {
      throw new ToleranceNotReachedException(
          "tolerance "
              + tolerance
              + " cannot be reached: truncation and rounding alone are "
              + 2 * truncation);
    }
    while (true) {
      Workers.checkInterrupted();
      StepProduct most = product(steps(false), StepProduct.NOBODY);
      RetirementSteps[] extremes = steps(true);
      StepProduct least = product(extremes, StepProduct.NOBODY);
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
      refine(widest == StepProduct.NOBODY ? least : product(extremes, widest), width, allowed);
    }
  }

  private RetirementSteps[] steps(boolean extremes) {
    RetirementSteps[] ofGrids = new RetirementSteps[grids.size()];
    Arrays.setAll(ofGrids, g -> extremes ? grids.get(g).extremes() : grids.get(g).means());
    RetirementSteps[] steps = finite.clone();
    for (int i = 0; i < bidders; i++) {
      if (gridOf[i] >= 0) {
        steps[i] = ofGrids[gridOf[i]];
      }
    }
    return steps;
  }

  private StepProduct product(RetirementSteps[] steps, int excluded) {
    return new StepProduct(steps, weights, discount, outside, excluded, true, workers);
  }

  /** Splits the cells that hold the bracket of one product open. */
  private void refine(StepProduct product, double width, double allowed) {
    double[][] gaps = gaps(product);
    double[] sorted = Arrays.stream(gaps).flatMapToDouble(Arrays::stream).sorted().toArray();
    double left = 0;
    for (double gap : sorted) {
      left += gap;
    }
    double widest = sorted[sorted.length - 1];
    double least = widest;
    for (int k = sorted.length - 1; k >= 0; k--) {
      if (sorted[k] < ROUND_DEPTH * widest || left <= 0.5 * allowed) {
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

  private double[][] gaps(StepProduct product) {
    double[][] gaps = new double[grids.size()][];
    Arrays.setAll(gaps, g -> new double[grids.get(g).cells()]);
    // Bidders of one curve and one weight are one group; its row must be counted once.
    boolean[] counted = new boolean[bidders];
    for (int i = 0; i < bidders; i++) {
      if (gridOf[i] >= 0 && product.isActive(i) && !counted[product.group(i)]) {
        counted[product.group(i)] = true;
        grids.get(gridOf[i]).addGaps(product.row(i), product.power(i), gaps[gridOf[i]]);
      }
    }
    return gaps;
  }

  private BanditWelfare result(double low, double high, double[] lower, double[] upper) {
    double[] value = new double[bidders];
    long evaluations = 0;
    for (CurveGrid grid : grids) {
      evaluations += grid.evaluations();
    }
    for (int i = 0; i < bidders; i++) {
      value[i] = within(lower[i], upper[i]);
      lower[i] = Math.max(outside, lower[i] - truncation);
      upper[i] += truncation;
    }
    return new BanditWelfare(
        within(low, high),
        Math.max(outside, low - truncation),
        high + truncation,
        value,
        lower,
        upper,
        evaluations);
  }

  /**
   * The value to report from a bracket: two thirds of the way up. Two slopes that are linear across
   * a cell have an excess of 1/12 over the product of their means, and their extremes one of 1/4.
   */
  private static double within(double low, double high) {
    return high - (high - low) / 3;
  }
}
