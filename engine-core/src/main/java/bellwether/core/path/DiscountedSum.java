package bellwether.core.path;

/**
 * The sum of discount^t f(x_t) over t: of a process in periods all of them from 0 to the last of
 * the study's times, of others the times.
 *
 * @param discount in [0, 1]
 * @param payoff f
 * @param strike k of f; 0 where there is none
 */
public record DiscountedSum(double discount, Payoff payoff, double strike) {

  /** What a value pays. */
  public enum Payoff {
    /** x. */
    VALUE,
    /** max(x - k, 0). */
    CALL,
    /** max(k - x, 0). */
    PUT,
    /** 1 where x > k, else 0. */
    ABOVE,
    /** 1 where x < k, else 0. */
    BELOW
  }

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException when {@code discount} is not in [0, 1] or {@code strike} is
   *     not finite
   */
  public DiscountedSum {
    if (!(discount >= 0 && discount <= 1)) {
      throw new IllegalArgumentException("discount must be in [0, 1]: " + discount);
    }
    Parameters.finite("strike", strike);
  }

  /** Adds weight f(x) to each sum. */
  void add(double weight, double[] x, double[] sum, int paths) {
    double k = strike;
    switch (payoff) {
      case VALUE -> {
        for (int p = 0; p < paths; p++) {
          sum[p] = Math.fma(weight, x[p], sum[p]);
        }
      }
      case CALL -> {
        for (int p = 0; p < paths; p++) {
          double gain = x[p] - k;
          sum[p] = Math.fma(weight, gain > 0 ? gain : 0, sum[p]);
        }
      }
      case PUT -> {
        for (int p = 0; p < paths; p++) {
          double gain = k - x[p];
          sum[p] = Math.fma(weight, gain > 0 ? gain : 0, sum[p]);
        }
      }
      case ABOVE -> {
        for (int p = 0; p < paths; p++) {
          sum[p] += x[p] > k ? weight : 0;
        }
      }
      case BELOW -> {
        for (int p = 0; p < paths; p++) {
          sum[p] += x[p] < k ? weight : 0;
        }
      }
    }
  }
}
