package bellwether.core.distribution;

import org.apache.commons.numbers.gamma.RegularizedBeta;

/**
 * The regularized incomplete beta function I_x(a, b) and its complement. The smaller of the two is
 * what the library computes to the last digits; the larger is 1 less it.
 */
final class BetaIntegral {
  private BetaIntegral() {}

  /** I_x(a, b), for 0 &lt; x &lt; 1. */
  static double lower(double x, double a, double b) {
    double lower = RegularizedBeta.value(x, a, b);
    return lower <= 0.5 ? lower : 1 - RegularizedBeta.complement(x, a, b);
  }

  /** 1 - I_x(a, b), for 0 &lt; x &lt; 1. */
  static double upper(double x, double a, double b) {
    double lower = RegularizedBeta.value(x, a, b);
    return lower <= 0.5 ? 1 - lower : RegularizedBeta.complement(x, a, b);
  }
}
