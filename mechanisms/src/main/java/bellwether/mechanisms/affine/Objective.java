package bellwether.mechanisms.affine;

/**
 * What a search maximizes: a sum of the payments, the agents' values and the designer's own values,
 * each as its discounted expected total.
 *
 * @param payments weight of the payments
 * @param values weight of the agents' values
 * @param designer weight of the designer's values
 */
public record Objective(double payments, double values, double designer) {
  /** All payments. */
  public static final Objective REVENUE = new Objective(1, 0, 0);

  /** Everybody's values, the designer's among them. */
  public static final Objective WELFARE = new Objective(0, 1, 1);

  /** Payments and the designer's values. */
  public static final Objective PROFIT = new Objective(1, 0, 1);

  /**
   * So much of the revenue, and the rest of the welfare.
   *
   * @throws IllegalArgumentException when the weight is not in [0, 1]
   */
  public static Objective mix(double revenueWeight) {
    if (!(revenueWeight >= 0 && revenueWeight <= 1)) {
      throw new IllegalArgumentException(
          "revenueWeight must be a number from 0 to 1: " + revenueWeight);
    }
    return new Objective(revenueWeight, 1 - revenueWeight, 1 - revenueWeight);
  }
}
