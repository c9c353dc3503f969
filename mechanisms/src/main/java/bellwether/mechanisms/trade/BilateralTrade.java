package bellwether.mechanisms.trade;

import java.util.Arrays;

/**
 * One seller and one buyer trade one unit a period, efficiently, under the dynamic pivot mechanism
 * with lump-sum fees (Yoon, An elementary introduction to dynamic mechanism design, 3.3).
 *
 * <p>V(i, j) = max(v_j - v_i, 0) is what trade is worth when the seller has type i and the buyer
 * type j; X = sum_t d^t Ps^t V (Pb')^t. Both sides get X, so that the mechanism runs the expected
 * deficit D = x'X y, and can collect at most the least expected payoffs, min_i (X y)_i and min_j
 * (x'X)_j, as fees without driving a type away. Types of zero prior probability count.
 */
public final class BilateralTrade {
  /** How far below 0 a surplus may be, as a share of 1 + D, to count as balanced. */
  public static final double BALANCE_TOLERANCE = 1e-9;

  private static final double SUM_TOLERANCE = 1e-9;

  private final int types;
  private final int horizon;
  private final double[] x;
  private final double[] y;
  private final TradeSeries series;

  private BilateralTrade(int types, int horizon, double[] x, double[] y, TradeSeries series) {
    this.types = types;
    this.horizon = horizon;
    this.x = x;
    this.y = y;
    this.series = series;
  }

  /**
   * An environment.
   *
   * @param values of both sides, increasing
   * @param sellerInitial x, the law of the seller's first type
   * @param seller Ps by rows
   * @param buyerInitial y, the law of the buyer's first type
   * @param buyer Pb by rows
   * @param horizon periods, 0 for infinitely many
   * @throws IllegalArgumentException naming the argument that does not fit
   */
  public static BilateralTrade of(
      double[] values,
      double[] sellerInitial,
      double[][] seller,
      double[] buyerInitial,
      double[][] buyer,
      int horizon) {
    int n = values.length;
    if (n < 1) {
      throw new IllegalArgumentException("values must be at least one: 0");
    }
    for (int k = 0; k < n; k++) {
      if (!Double.isFinite(values[k]) || (k > 0 && !(values[k] > values[k - 1]))) {
        throw new IllegalArgumentException(
            "values must be finite and increase: values[" + k + "] = " + values[k]);
      }
    }
    if (horizon < 0) {
      throw new IllegalArgumentException("horizon must be at least 0: " + horizon);
    }
    checkLaw("seller.initial", sellerInitial, n);
    checkLaw("buyer.initial", buyerInitial, n);
    double[] gain = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        gain[i * n + j] = Math.max(values[j] - values[i], 0);
      }
    }
    double[] ps = flat("seller.transition", seller, n);
    double[] pb = flat("buyer.transition", buyer, n);
    double[] transposed = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        transposed[j * n + i] = pb[i * n + j];
      }
    }
    return new BilateralTrade(
        n,
        horizon,
        sellerInitial.clone(),
        buyerInitial.clone(),
        new TradeSeries(gain, ps, transposed, n, horizon));
  }

  private static void checkLaw(String name, double[] law, int n) {
    if (law.length != n) {
      throw new IllegalArgumentException(
          name + " must have one probability for every value, " + n + ": " + law.length);
    }
    double sum = 0;
    for (int k = 0; k < n; k++) {
      if (!(law[k] >= 0 && law[k] <= 1 + SUM_TOLERANCE)) {
        throw new IllegalArgumentException(
            name + "[" + k + "] must be a number from 0 to 1: " + law[k]);
      }
      sum += law[k];
    }
    if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
      throw new IllegalArgumentException(name + " must sum to 1 within 1e-9: " + sum);
    }
  }

  private static double[] flat(String name, double[][] matrix, int n) {
    if (matrix.length != n) {
      throw new IllegalArgumentException(
          name + " must have one row for every value, " + n + ": " + matrix.length);
    }
    double[] all = new double[n * n];
    for (int i = 0; i < n; i++) {
      checkLaw(name + "[" + i + "]", matrix[i], n);
      System.arraycopy(matrix[i], 0, all, i * n, n);
    }
    return all;
  }

  /**
   * What the mechanism pays and can collect.
   *
   * @param expectedDeficit D = x'X y
   * @param sellerPayoffs X y, by the seller's first type
   * @param buyerPayoffs x'X, by the buyer's first type
   * @param maxSellerFee the least of sellerPayoffs
   * @param maxBuyerFee the least of buyerPayoffs
   * @param surplus fees less deficit
   * @param balanced whether the surplus is at least 0, up to 1e-9 (1 + D)
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Budget(
      double expectedDeficit,
      double[] sellerPayoffs,
      double[] buyerPayoffs,
      double maxSellerFee,
      double maxBuyerFee,
      double surplus,
      boolean balanced) {}

  /**
   * The budget at a discount.
   *
   * @param discount in [0, 1), or [0, 1] with a horizon
   * @throws IllegalArgumentException when it is not
   */
  public Budget budget(double discount) {
    if (!(discount >= 0 && (discount < 1 || (horizon > 0 && discount == 1)))) {
      throw new IllegalArgumentException(
          "discount must be in [0, 1), or 1 with a horizon: " + discount);
    }
    return budget(series.sum(discount));
  }

  private Budget budget(double[] sums) {
    double[] sellers = new double[types];
    double[] buyers = new double[types];
    double deficit = 0;
    for (int i = 0; i < types; i++) {
      for (int j = 0; j < types; j++) {
        double s = sums[i * types + j];
        sellers[i] += s * y[j];
        buyers[j] += x[i] * s;
      }
      deficit += x[i] * sellers[i];
    }
    double sellerFee = Arrays.stream(sellers).min().orElseThrow();
    double buyerFee = Arrays.stream(buyers).min().orElseThrow();
    double surplus = sellerFee + buyerFee - deficit;
    return new Budget(
        deficit,
        sellers,
        buyers,
        sellerFee,
        buyerFee,
        surplus,
        surplus >= -BALANCE_TOLERANCE * (1 + deficit));
  }

  /** The slopes in the discount of all payoffs and of D, in the same shape. */
  Budget slope(double discount) {
    return budget(series.derivative(discount));
  }

  /** How many values there are. */
  int types() {
    return types;
  }

  /** Whether the horizon is infinite. */
  boolean isInfinite() {
    return horizon == 0;
  }

  /**
   * The critical discount: the supremum of the discounts at which the surplus is negative.
   *
   * @return 0 where it never is; NaN where it is arbitrarily close to 1, or at 1 with a horizon
   */
  public double criticalDiscount() {
    return new CriticalDiscount(this).find();
  }
}
