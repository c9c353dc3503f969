package bellwether.mechanisms.affine;

import bellwether.mechanisms.environment.Environment;
import java.util.Arrays;

/**
 * An affine maximizer (Roberts 1979; over time Curry et al. 2024): every period's action maximizes
 *
 * <p>W(k, theta) = max over feasible a of sum_i w_i v_i(a, theta_i) + v_0(a) + b(k, a) + d E W,
 *
 * <p>and agent i pays
 *
 * <p>p_i = (W_-i - [sum over j not i of w_j v_j + v_0 + b](x*) - d E W_-i) / w_i,
 *
 * <p>so that it is left with (W - W_-i) / w_i whatever the others report: the truth is dominant.
 * Weights and boosts are fixed before anybody reports, and boosts see only what is public, the
 * physical state. Weights 1 without boosts are the pivot mechanism. Immutable.
 */
public final class AffineRule {
  private final double[] weight;
  private final double[][] boost;

  private AffineRule(double[] weight, double[][] boost) {
    this.weight = weight;
    this.boost = boost;
  }

  /**
   * A rule whose boosts depend on actions.
   *
   * @param weight by agent, greater than 0; copied
   * @param boost by action; copied
   * @throws IllegalArgumentException when a weight is not positive and finite or a boost is not
   *     finite
   */
  public static AffineRule of(double[] weight, double[] boost) {
    return of(weight, new double[][] {boost});
  }

  /**
   * A rule.
   *
   * @param weight by agent, greater than 0; copied
   * @param boost {@code [k][a]} by physical state and action, or one row for all states; copied
   * @throws IllegalArgumentException when a weight is not positive and finite or a boost is not
   *     finite
   */
  public static AffineRule of(double[] weight, double[][] boost) {
    for (int i = 0; i < weight.length; i++) {
      if (!(weight[i] > 0 && weight[i] < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "weights[" + i + "] must be a finite number greater than 0: " + weight[i]);
      }
    }
    double[][] copy = new double[boost.length][];
    for (int k = 0; k < boost.length; k++) {
      copy[k] = boost[k].clone();
      for (int a = 0; a < copy[k].length; a++) {
        if (!Double.isFinite(copy[k][a])) {
          throw new IllegalArgumentException(
              "boosts[" + k + "][" + a + "] must be finite: " + copy[k][a]);
        }
      }
    }
    return new AffineRule(weight.clone(), copy);
  }

  /** The pivot mechanism of so many agents and actions. */
  public static AffineRule pivot(int agents, int actions) {
    double[] one = new double[agents];
    Arrays.fill(one, 1);
    return of(one, new double[actions]);
  }

  /** The weight of an agent. */
  public double weight(int i) {
    return weight[i];
  }

  /** The weights, a copy. */
  public double[] weights() {
    return weight.clone();
  }

  /** The boost of an action in a physical state. */
  public double boost(int physical, int action) {
    return boost[boost.length == 1 ? 0 : physical][action];
  }

  /** The boosts, a copy: a row for every physical state, or one for all. */
  public double[][] boosts() {
    double[][] copy = new double[boost.length][];
    Arrays.setAll(copy, k -> boost[k].clone());
    return copy;
  }

  /** Whether there is a row of boosts for every physical state. */
  public boolean dependsOnState() {
    return boost.length > 1;
  }

  void checkFits(Environment environment) {
    if (weight.length != environment.size()) {
      throw new IllegalArgumentException(
          "weights must be one for every agent, " + environment.size() + ": " + weight.length);
    }
    if (boost.length != 1 && boost.length != environment.physical().count()) {
      throw new IllegalArgumentException(
          "boosts must have one row, or one for every physical state, "
              + environment.physical().count()
              + ": "
              + boost.length);
    }
    for (double[] row : boost) {
      if (row.length != environment.actions()) {
        throw new IllegalArgumentException(
            "boosts must be one for every action, " + environment.actions() + ": " + row.length);
      }
    }
  }
}
