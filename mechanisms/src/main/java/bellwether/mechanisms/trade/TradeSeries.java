package bellwether.mechanisms.trade;

/**
 * X(d) = sum_t d^t Ps^t V (Pb')^t, the expected discounted gains from trade by the first types of
 * both sides, and its derivative in d.
 *
 * <p>Sums of 2 m terms come from sums of m, S(2 m) = S(m) + d^m Ps^m S(m) (Pb')^m, so that a sum
 * costs the logarithm of its length times K^3; nothing is subtracted, so every entry is exact to a
 * few ulps.
 */
final class TradeSeries {
  /** Terms of an infinite sum end where d^t is this small. */
  private static final double NEGLIGIBLE = 1e-19;

  private final double[] gain;
  private final double[] seller;
  private final double[] buyer;
  private final int n;
  private final int horizon;

  /**
   * A series.
   *
   * @param gain V, by seller's and buyer's type
   * @param seller Ps by rows
   * @param buyer Pb' (transposed) by rows
   * @param horizon terms, 0 for infinitely many
   */
  TradeSeries(double[] gain, double[] seller, double[] buyer, int n, int horizon) {
    this.gain = gain;
    this.seller = seller;
    this.buyer = buyer;
    this.n = n;
    this.horizon = horizon;
  }

  /** X(d). */
  double[] sum(double discount) {
    return powers(discount, false);
  }

  /** dX/dd = sum_t t d^(t-1) Ps^t V (Pb')^t. */
  double[] derivative(double discount) {
    return powers(discount, true);
  }

  private double[] powers(double d, boolean derivative) {
    // Binary expansion of the number of terms, from the highest bit down.
    long terms = horizon == 0 ? infinite(d) : horizon;
    double[] ps = identity();
    double[] pb = identity();
    double[] sum = new double[n * n];
    double[] slope = new double[n * n];
    double power = 1;
    double powerSlope = 0;
    for (int bit = 63 - Long.numberOfLeadingZeros(terms); bit >= 0; bit--) {
      // m terms become 2 m.
      double[] moved = times(times(ps, sum), pb);
      double[] movedSlope = derivative ? times(times(ps, slope), pb) : slope;
      for (int e = 0; e < sum.length; e++) {
        if (derivative) {
          slope[e] += power * movedSlope[e] + powerSlope * moved[e];
        }
        sum[e] += power * moved[e];
      }
      ps = times(ps, ps);
      pb = times(pb, pb);
      powerSlope = 2 * power * powerSlope;
      power *= power;
      if ((terms >> bit & 1) == 1) {
        // One more: S(m + 1) = V + d Ps S(m) Pb'.
        moved = times(times(seller, sum), buyer);
        movedSlope = derivative ? times(times(seller, slope), buyer) : slope;
        for (int e = 0; e < sum.length; e++) {
          if (derivative) {
            slope[e] = moved[e] + d * movedSlope[e];
          }
          sum[e] = gain[e] + d * moved[e];
        }
        ps = times(ps, seller);
        pb = times(buyer, pb);
        powerSlope = power + d * powerSlope;
        power *= d;
      }
    }
    return derivative ? slope : sum;
  }

  /** A power of two of terms after which d^t and t d^(t-1) are negligible against the sum. */
  private static long infinite(double d) {
    long terms = 2;
    while (Math.pow(d, terms - 1.0) * terms > NEGLIGIBLE && terms < 1L << 60) {
      terms *= 2;
    }
    return terms;
  }

  private double[] identity() {
    double[] one = new double[n * n];
    for (int i = 0; i < n; i++) {
      one[i * n + i] = 1;
    }
    return one;
  }

  private double[] times(double[] a, double[] b) {
    double[] c = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < n; k++) {
        double x = a[i * n + k];
        if (x != 0) {
          for (int j = 0; j < n; j++) {
            c[i * n + j] += x * b[k * n + j];
          }
        }
      }
    }
    return c;
  }
}
