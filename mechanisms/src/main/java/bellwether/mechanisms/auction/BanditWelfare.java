package bellwether.mechanisms.auction;

import bellwether.core.bandit.RetirementSteps;
import bellwether.core.parallel.Workers;
import java.util.List;

/**
 * The welfare of a bandit auction and of the same auction without each bidder.
 *
 * <p>One item a period goes to a bidder, whose arm then moves, or to nobody, which is worth {@code
 * outsideValue} in that period. By Whittle's product theorem the joint problem follows from the
 * arms' retirement values alone: with M0 = outsideValue / (1 - delta), phi_i'(M) = E[delta^tau_M]
 * for the arm as it counts in the objective and any B at or above every index / (1 - delta),
 *
 * <pre>
 *   W    = B - integral from M0 to B of prod_i phi_i'(M) dM  =  M0 + integral of 1 - prod_i phi_i'
 *   W_-i = the same without factor i                        =  W  - integral of (1 - phi_i') prod_{k != i} phi_k'
 * </pre>
 *
 * The right-hand forms, which need no B and subtract nothing large, are the ones computed. W is at
 * least M0, and equal to it when there is no bidder; W_-i is in [M0, W].
 *
 * <p>Finite arms cost O(E log G) for E breakpoints of G distinct pairs of arm and objective, and
 * O(1) a bidder and breakpoint beside that; the error is near rounding, well under 1e-12 of B - M0.
 * See {@link CurveOptions} for arms given by curves.
 *
 * <p>Sources: Whittle (1980), Multi-armed bandits and the Gittins index; Kakade, Lobel and
 * Nazerzadeh (2013), Optimal dynamic mechanism design and the virtual-pivot mechanism, 5.2.2;
 * Bergemann and Valimaki (2010), The dynamic pivot mechanism.
 */
public final class BanditWelfare {
  private final double welfare;
  private final double lower;
  private final double upper;
  private final double[] without;
  private final double[] withoutLower;
  private final double[] withoutUpper;
  private final long evaluations;

  BanditWelfare(
      double welfare,
      double lower,
      double upper,
      double[] without,
      double[] withoutLower,
      double[] withoutUpper,
      long evaluations) {
    this.welfare = welfare;
    this.lower = lower;
    this.upper = upper;
    this.without = without;
    this.withoutLower = withoutLower;
    this.withoutUpper = withoutUpper;
    this.evaluations = evaluations;
  }

  /**
   * The welfare with the default options for curves.
   *
   * @see #of(List, double, double, CurveOptions, Workers)
   */
  public static BanditWelfare of(
      List<? extends Bidder> bidders, double discount, double outsideValue, Workers workers) {
    return of(bidders, discount, outsideValue, CurveOptions.DEFAULT, workers);
  }

  /**
   * The welfare W and every W_-i.
   *
   * @param bidders any number
   * @param discount delta, in [0, 1)
   * @param outsideValue of nobody winning, a period, in units of the objective
   * @param options how closely to bracket bidders given by curves
   * @param workers for the loops; the bits of the result do not depend on them
   * @throws IllegalArgumentException naming the first argument, breakpoint or factor that is not
   *     allowed
   * @throws ToleranceNotReachedException when the curves need more evaluations than {@code options}
   *     allow
   * @throws java.util.concurrent.CancellationException when the thread is interrupted
   */
  public static BanditWelfare of(
      List<? extends Bidder> bidders,
      double discount,
      double outsideValue,
      CurveOptions options,
      Workers workers) {
    if (!(discount >= 0 && discount < 1)) {
      throw new IllegalArgumentException("discount must be in [0, 1): " + discount);
    }
    double outside = outsideValue / (1 - discount);
    if (!Double.isFinite(outside)) {
      throw new IllegalArgumentException("outsideValue must be finite: " + outsideValue);
    }
    int n = bidders.size();
    RetirementSteps[] steps = new RetirementSteps[n];
    AffineMap[] maps = new AffineMap[n];
    boolean curved = false;
    for (int i = 0; i < n; i++) {
      Bidder bidder = bidders.get(i);
      maps[i] = bidder.objective();
      switch (bidder) {
        case Bidder.Stepped stepped -> steps[i] = stepped.steps();
        case Bidder.Curved _ -> curved = true;
      }
    }
    if (curved) {
      return new CurveRefinement(bidders, discount, outside, options, workers).solve();
    }
    StepProduct product =
        new StepProduct(steps, maps, discount, outside, StepProduct.NOBODY, false, workers);
    double welfare = outside + product.gain();
    double[] without = without(outside, product, workers);
    return new BanditWelfare(welfare, welfare, welfare, without, without, without, 0);
  }

  /** Every W_-i of a product. */
  static double[] without(double outside, StepProduct product, Workers workers) {
    double welfare = outside + product.gain();
    double[] values = product.contributions(workers);
    for (int i = 0; i < values.length; i++) {
      values[i] = product.isAlone(i) ? outside : Math.max(outside, welfare - values[i]);
    }
    return values;
  }

  /** W, in units of the objective, a plain discounted sum. */
  public double welfare() {
    return welfare;
  }

  /** A lower bound of W; equal to it when every arm is finite. */
  public double lower() {
    return lower;
  }

  /** An upper bound of W; equal to it when every arm is finite. */
  public double upper() {
    return upper;
  }

  /** How many bidders there are. */
  public int bidders() {
    return without.length;
  }

  /** W_-i for {@code bidder} i. */
  public double welfareWithout(int bidder) {
    return without[bidder];
  }

  /** Every W_-i, a copy. */
  public double[] welfareWithout() {
    return without.clone();
  }

  /** A lower bound of W_-i. */
  public double lowerWithout(int bidder) {
    return withoutLower[bidder];
  }

  /** An upper bound of W_-i. */
  public double upperWithout(int bidder) {
    return withoutUpper[bidder];
  }

  /** How often curves were evaluated. */
  public long evaluations() {
    return evaluations;
  }
}
