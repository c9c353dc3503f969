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
  private final boolean weighted;
  private final Boosts boosts;
  private final double low;
  private final double high;
  private final double unit;

  /** {@code [k][a]}: designer's value and boost of the reference, by geometric mean weight 1. */
  private final double[][] reference;

  private final double[] referenceWeight;

  /** By boost that may be chosen: state and action. */
  private final int[][] free;

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
    boolean scaleFree = boosts != Boosts.NONE || base.designerIndifferent();
    weighted = low < high && !(base.size() == 1 && scaleFree);
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
    return (weighted ? base.size() : 0) + free.length;
  }

  private int weights() {
    return weighted ? base.size() : 0;
  }

  double[] lower() {
    double[] least = new double[dimension()];
    Arrays.fill(least, 0, weights(), Math.log(low));
    Arrays.fill(least, weights(), least.length, -farthest());
    return least;
  }

  double[] upper() {
    double[] most = new double[dimension()];
    Arrays.fill(most, 0, weights(), Math.log(high));
    Arrays.fill(most, weights(), most.length, farthest());
    return most;
  }

  /** A boost counts every period, the values that it moves may count once or for ever. */
  private double farthest() {
    return FAR * base.annuity();
  }

  /** The reference. */
  double[] start() {
    double[] x = new double[dimension()];
    for (int i = 0; i < weights(); i++) {
      x[i] = Math.log(referenceWeight[i]);
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
    Arrays.fill(sigma, 0, weights(), 0.3 * Math.min(1, (Math.log(high) - Math.log(low)) / 2));
    Arrays.fill(sigma, weights(), sigma.length, 0.3 * share);
    return sigma;
  }

  AffineRule rule(double[] x) {
    double[] weight = referenceWeight.clone();
    for (int i = 0; i < weights(); i++) {
      weight[i] = Math.clamp(Math.exp(x[i]), low, high);
    }
    double[][] boost = new double[reference.length][base.actions()];
    if (boosts != Boosts.NONE) {
      double mean = geometricMean(weight);
      double[][] moved = new double[reference.length][];
      for (int k = 0; k < moved.length; k++) {
        moved[k] = reference[k].clone();
      }
      for (int f = 0; f < free.length; f++) {
        moved[free[f][0]][free[f][1]] += unit * x[weights() + f];
      }
      for (int k = 0; k < boost.length; k++) {
        for (int a = 0; a < base.actions(); a++) {
          boost[k][a] = mean * moved[k][a] - base.designerValue(a);
        }
      }
    }
    return AffineRule.of(weight, boost);
  }

  /**
   * The same mechanism with numbers that are easier to read: the largest weight is 1 where the
   * range allows it, and the least boost is 0.
   */
  AffineRule canonical(AffineRule rule) {
    double[] weight = rule.weights();
    double[][] boost = rule.boosts();
    boolean scaleFree = boosts != Boosts.NONE || base.designerIndifferent();
    if (scaleFree) {
      double least = Arrays.stream(weight).min().orElse(1);
      double largest = Arrays.stream(weight).max().orElse(1);
      double factor = Math.max(low / least, Math.min(high / largest, 1 / largest));
      for (int i = 0; i < weight.length; i++) {
        weight[i] = Math.clamp(weight[i] * factor, low, high);
      }
      for (int k = 0; k < boost.length && boosts != Boosts.NONE; k++) {
        for (int a = 0; a < base.actions(); a++) {
          boost[k][a] = factor * (boost[k][a] + base.designerValue(a)) - base.designerValue(a);
        }
      }
    }
    if (boosts == Boosts.NONE) {
      return AffineRule.of(weight, boost);
    }
    double least = Double.POSITIVE_INFINITY;
    boolean[][] used = used();
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
    return AffineRule.of(weight, boost);
  }

  /** Which boosts stand for something: of actions that are feasible, somewhere or in the state. */
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
      sum += Math.log(w);
    }
    return Math.exp(sum / weight.length);
  }
}
