package bellwether.core.quadrature;

import java.util.function.DoubleUnaryOperator;

/**
 * Integrals by halving: a panel is done when its Gauss-Legendre rule and those of its halves agree.
 * Kinks and infinite slopes at the ends cost some 50 halvings and no accuracy.
 */
public final class AdaptiveIntegral {
  private static final GaussLegendre RULE = GaussLegendre.of(12);
  private static final int DEPTH = 60;

  /** A panel's share of the tolerance is at least this: noise of the function ends the halving. */
  private static final double LEAST_SHARE = 1.0 / 64;

  private final DoubleUnaryOperator function;
  private final double least;
  private double error;

  /**
   * An integral and how well it is known.
   *
   * @param value the integral
   * @param error what the last halving changed, summed over the panels: of a smooth function far
   *     more than the error that is left, of one with kinks about as much
   */
  public record Estimate(double value, double error) {}

  private AdaptiveIntegral(DoubleUnaryOperator function, double tolerance) {
    this.function = function;
    least = LEAST_SHARE * tolerance;
  }

  /**
   * The integral of {@code function} from {@code low} to {@code high}.
   *
   * @param function finite inside the interval; it is not asked for its ends
   * @param low finite
   * @param high finite, at least {@code low}
   * @param tolerance the absolute error aimed at, above 0; rounding sets a limit to it
   */
  public static double of(DoubleUnaryOperator function, double low, double high, double tolerance) {
    return estimate(function, low, high, tolerance).value();
  }

  /** The same with an estimate of its error. */
  public static Estimate estimate(
      DoubleUnaryOperator function, double low, double high, double tolerance) {
    if (!(low < high)) {
      return new Estimate(0, 0);
    }
    AdaptiveIntegral integral = new AdaptiveIntegral(function, tolerance);
    double value = integral.panel(low, high, integral.rule(low, high), tolerance, DEPTH);
    return new Estimate(value, integral.error);
  }

  private double panel(double low, double high, double whole, double tolerance, int depth) {
    double middle = low + (high - low) / 2;
    double left = rule(low, middle);
    double right = rule(middle, high);
    double change = Math.abs(left + right - whole);
    // A function that is NaN somewhere ends here, too.
    if (!(change > Math.max(tolerance, 0x1p-52 * Math.abs(whole))) || depth == 0) {
      error += change;
      return left + right;
    }
    double share = Math.max(least, tolerance / 2);
    return panel(low, middle, left, share, depth - 1)
        + panel(middle, high, right, share, depth - 1);
  }

  private double rule(double low, double high) {
    double half = (high - low) / 2;
    double middle = low + half;
    double[] nodes = RULE.nodes();
    double[] weights = RULE.weights();
    double sum = 0;
    for (int i = 0; i < nodes.length; i++) {
      sum += weights[i] * function.applyAsDouble(Math.fma(half, nodes[i], middle));
    }
    return half * sum;
  }
}
