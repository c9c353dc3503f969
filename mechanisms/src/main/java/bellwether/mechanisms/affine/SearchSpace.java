package bellwether.mechanisms.affine;

import bellwether.mechanisms.environment.Environment;
import bellwether.mechanisms.environment.PhysicalStates;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rules as points: logarithms of weights, and boosts relative to those of a reference rule, in
 * units of the largest flow times the geometric mean of the weights. So a rule whose weights,
 * boosts and designer's values are multiplied by one number, the same mechanism, is the same point
 * but for the weights.
 *
 * <p>Boosts that change nothing are left out: adding a constant to all of them, and over an
 * infinite horizon adding h(k) - d h(next(k, a)) to that of (k, a), so that one action of every
 * state keeps the reference's.
 */
final class SearchSpace {
  /** How far boosts may be from the reference's, at the least. */
  private static final double FAR = 4;

  private final Environment base;

  /** Weights that are searched: one less than agents where only their ratios matter. */
  private final int weights;

  private final boolean scaleFree;
  private final Boosts boosts;
  private final double low;
  private final double high;
  private final double unit;

  /** {@code [k][a]}: designer's value and boost of the reference, by geometric mean weight 1. */
  private final double[][] reference;

  private final double[] referenceWeight;

  /** By boost that may be chosen: state and action. */
  private final int[][] free;

  /** By row of boosts and action: whether it stands for something. */
  private final boolean[][] used;

  SearchSpace(
      PrivateEnvironment environment,
      Boosts boosts,
      double low,
      double high,
      AffineRule start,
      boolean[] reachable) {
    base = environment.base();
    this.boosts = boosts;
    this.low = low;
    this.high = high;
    scaleFree = boosts != Boosts.NONE || base.designerIndifferent();
    weights = low == high ? 0 : scaleFree ? base.size() - 1 : base.size();
    double largest = environment.largestFlow();
    unit = largest > 0 ? largest : 1;
    referenceWeight = start.weights();
    for (int i = 0; i < referenceWeight.length; i++) {
      referenceWeight[i] = Math.clamp(referenceWeight[i], low, high);
    }
    double mean = geometricMean(referenceWeight);
    int states = boosts == Boosts.STATE_ACTION ? base.physical().count() : 1;
    reference = new double[states][base.actions()];
    for (int k = 0; k < states; k++) {
      for (int a = 0; a < base.actions(); a++) {
        reference[k][a] = (base.designerValue(a) + start.boost(k, a)) / mean;
      }
    }
    free = free(reachable);
    used = used();
  }

  private int[][] free(boolean[] reachable) {
    PhysicalStates physical = base.physical();
    List<int[]> list = new ArrayList<>();
    switch (boosts) {
      case NONE -> {}
      case ACTION -> {
        for (int a = 0; a < base.actions(); a++) {
          boolean some = false;
          for (int k = 0; k < physical.count(); k++) {
            some |= reachable[k] && physical.feasible(k, a);
          }
          if (some) {
            list.add(new int[] {0, a});
          }
        }
        list.removeLast();
      }
      case STATE_ACTION -> {
        for (int k = 0; k < physical.count(); k++) {
          int before = list.size();
          for (int a = 0; reachable[k] && a < base.actions(); a++) {
            if (physical.feasible(k, a)) {
              list.add(new int[] {k, a});
            }
          }
          if (base.isInfinite() && list.size() > before) {
            list.removeLast();
          }
        }
        if (!base.isInfinite()) {
          list.removeLast();
        }
      }
    }
    return list.toArray(new int[0][]);
  }

  int dimension() {
    return weights + free.length;
  }

  double[] lower() {
    double[] least = new double[dimension()];
    Arrays.fill(least, 0, weights, scaleFree ? StrictMath.log(low / high) : StrictMath.log(low));
    Arrays.fill(least, weights, least.length, -farthest());
    return least;
  }

  double[] upper() {
    double[] most = new double[dimension()];
    Arrays.fill(most, 0, weights, scaleFree ? StrictMath.log(high / low) : StrictMath.log(high));
    Arrays.fill(most, weights, most.length, farthest());
    return most;
  }

  /** A boost counts every period, the values that it moves may count once or for ever. */
  private double farthest() {
    return FAR * base.annuity();
  }

  /** The reference. */
  double[] start() {
    double[] x = new double[dimension()];
    int first = scaleFree ? 1 : 0;
    for (int i = 0; i < weights; i++) {
      double one = scaleFree ? referenceWeight[0] : 1;
      x[i] = StrictMath.log(referenceWeight[first + i] / one);
    }
    return x;
  }

  /**
   * How far to look at first.
   *
   * @param share of the boosts' unit, which is large where boosts add up over many periods
   */
  double[] spread(double share) {
    double[] sigma = new double[dimension()];
    Arrays.fill(
        sigma, 0, weights, 0.3 * Math.min(1, (StrictMath.log(high) - StrictMath.log(low)) / 2));
    Arrays.fill(sigma, weights, sigma.length, 0.3 * share);
    return sigma;
  }

  /**
   * The rule of a point, in numbers that are easy to read: where only ratios of weights matter the
   * largest is 1, or as near as the range allows, and the least boost is 0.
   */
  AffineRule rule(double[] x) {
    double[] weight = referenceWeight.clone();
    if (weights > 0 && scaleFree) {
      weight[0] = 1;
      for (int i = 1; i < weight.length; i++) {
        weight[i] = StrictMath.exp(x[i - 1]);
      }
      scale(weight, factor(weight));
    } else {
      for (int i = 0; i < weights; i++) {
        weight[i] = Math.clamp(StrictMath.exp(x[i]), low, high);
      }
    }
    double[][] boost = new double[reference.length][base.actions()];
    if (boosts != Boosts.NONE) {
      double mean = geometricMean(weight);
      double[][] moved = new double[reference.length][];
      for (int k = 0; k < moved.length; k++) {
        moved[k] = reference[k].clone();
      }
      for (int f = 0; f < free.length; f++) {
        moved[free[f][0]][free[f][1]] += unit * x[weights + f];
      }
      for (int k = 0; k < boost.length; k++) {
        for (int a = 0; a < base.actions(); a++) {
          boost[k][a] = mean * moved[k][a] - base.designerValue(a);
        }
      }
      level(boost);
    }
    return AffineRule.of(weight, boost);
  }

  /** The same rule with a row of boosts for every physical state, where the space has them. */
  AffineRule inRows(AffineRule rule) {
    if (rule.dependsOnState() || reference.length == 1) {
      return rule;
    }
    double[][] boost = new double[reference.length][base.actions()];
    for (int k = 0; k < boost.length; k++) {
      for (int a = 0; a < base.actions(); a++) {
        boost[k][a] = used[k][a] ? rule.boost(k, a) : 0;
      }
    }
    return AffineRule.of(rule.weights(), boost);
  }

  /** Makes the least boost 0, in place: a constant for all actions changes nothing. */
  private void level(double[][] boost) {
    double least = Double.POSITIVE_INFINITY;
    for (int k = 0; k < boost.length; k++) {
      for (int a = 0; a < base.actions(); a++) {
        least = used[k][a] ? Math.min(least, boost[k][a]) : least;
      }
    }
    for (int k = 0; k < boost.length; k++) {
      for (int a = 0; a < base.actions(); a++) {
        boost[k][a] = used[k][a] ? boost[k][a] - least : 0;
      }
    }
  }

  /** What makes the largest weight 1, or as near as the range allows. */
  private double factor(double[] weight) {
    double least = Arrays.stream(weight).min().orElse(1);
    double largest = Arrays.stream(weight).max().orElse(1);
    return Math.max(low / least, Math.min(high, 1) / largest);
  }

  private void scale(double[] weight, double factor) {
    for (int i = 0; i < weight.length; i++) {
      weight[i] = Math.clamp(weight[i] * factor, low, high);
    }
  }

  /** Boosts of actions that are feasible, somewhere or in the state. */
  private boolean[][] used() {
    PhysicalStates physical = base.physical();
    boolean[][] used = new boolean[reference.length][base.actions()];
    for (int k = 0; k < physical.count(); k++) {
      for (int a = 0; a < base.actions(); a++) {
        used[used.length == 1 ? 0 : k][a] |= physical.feasible(k, a);
      }
    }
    return used;
  }

  private static double geometricMean(double[] weight) {
    double sum = 0;
    for (double w : weight) {
      sum += StrictMath.log(w);
    }
    return StrictMath.exp(sum / weight.length);
  }
}
