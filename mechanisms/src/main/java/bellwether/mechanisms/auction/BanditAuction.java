package bellwether.mechanisms.auction;

import bellwether.core.parallel.Workers;
import java.util.List;
import java.util.OptionalInt;

/**
 * The first period of a bandit auction under the dynamic pivot mechanism.
 *
 * <p>One item a period; a bidder's arm moves only when it wins. The winner has the largest index in
 * the objective, if that is above the value of the outside option; it pays the flow externality it
 * imposes,
 *
 * <pre>  ((1 - delta) W_-i - beta_i) / alpha_i  </pre>
 *
 * in its own value, and nobody else pays. With unit weights this is the efficient dynamic pivot
 * mechanism (Bergemann and Valimaki 2010); with virtual weights the profit-maximizing virtual pivot
 * mechanism (Kakade, Lobel and Nazerzadeh 2013, 5.2.2).
 */
public final class BanditAuction {
  /** How close, as a share of 1 + max |index|, two indices are when they tie. */
  public static final double TIE = 1e-9;

  private final double[] indices;
  private final OptionalInt winner;
  private final BanditWelfare welfare;
  private final double[] payments;

  private BanditAuction(
      double[] indices, OptionalInt winner, BanditWelfare welfare, double[] payments) {
    this.indices = indices;
    this.winner = winner;
    this.welfare = welfare;
    this.payments = payments;
  }

  /**
   * Holds the auction with the default options for curves.
   *
   * @see #hold(List, double[], double, double, CurveOptions, Workers)
   */
  public static BanditAuction hold(
      List<? extends Bidder> bidders,
      double[] indices,
      double discount,
      double outsideValue,
      Workers workers) {
    return hold(bidders, indices, discount, outsideValue, CurveOptions.DEFAULT, workers);
  }

  /**
   * Holds the auction.
   *
   * @param bidders any number
   * @param indices the index of each bidder's present state in the objective, {@code
   *     bidder.objective().apply(G)}
   * @param discount delta, in [0, 1)
   * @param outsideValue of nobody winning, a period, in units of the objective
   * @param options how closely to bracket bidders given by curves
   * @param workers for the loops; the bits of the result do not depend on them
   * @throws IllegalArgumentException naming the first argument that is not allowed
   * @throws ToleranceNotReachedException as {@link BanditWelfare#of}
   * @throws java.util.concurrent.CancellationException when the thread is interrupted
   */
  public static BanditAuction hold(
      List<? extends Bidder> bidders,
      double[] indices,
      double discount,
      double outsideValue,
      CurveOptions options,
      Workers workers) {
    if (indices.length != bidders.size()) {
      throw new IllegalArgumentException(
          "indices must have one entry a bidder, " + bidders.size() + ": " + indices.length);
    }
    for (int i = 0; i < indices.length; i++) {
      if (!Double.isFinite(indices[i])) {
        throw new IllegalArgumentException("indices[" + i + "] must be finite: " + indices[i]);
      }
    }
    BanditWelfare welfare = BanditWelfare.of(bidders, discount, outsideValue, options, workers);
    OptionalInt winner = winner(indices, outsideValue);
    double[] payments = new double[indices.length];
    if (winner.isPresent()) {
      int i = winner.getAsInt();
      payments[i] = bidders.get(i).weight().invert((1 - discount) * welfare.welfareWithout(i));
    }
    return new BanditAuction(indices.clone(), winner, welfare, payments);
  }

  /**
   * The lowest bidder among those that tie for the largest index, if that beats the outside option.
   *
   * @param indices in the objective, finite
   * @param outsideValue of nobody winning, a period
   */
  public static OptionalInt winner(double[] indices, double outsideValue) {
    double largest = Double.NEGATIVE_INFINITY;
    double size = 0;
    for (double index : indices) {
      largest = Math.max(largest, index);
      size = Math.max(size, Math.abs(index));
    }
    if (!(largest > outsideValue)) {
      return OptionalInt.empty();
    }
    int i = 0;
    while (!(largest - indices[i] < TIE * (1 + size))) {
      i++;
    }
    return OptionalInt.of(i);
  }

  /** The indices in the objective, a copy. */
  public double[] indices() {
    return indices.clone();
  }

  /** Who gets the item now, if anybody. */
  public OptionalInt winner() {
    return winner;
  }

  /** W and every W_-i. */
  public BanditWelfare welfare() {
    return welfare;
  }

  /** What each bidder pays now, in its own value; a copy. */
  public double[] payments() {
    return payments.clone();
  }

  /** What one bidder pays now, in its own value. */
  public double payment(int bidder) {
    return payments[bidder];
  }
}
