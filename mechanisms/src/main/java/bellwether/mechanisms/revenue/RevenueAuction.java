package bellwether.mechanisms.revenue;

import bellwether.core.bandit.IndexTable;
import bellwether.core.kernel.Kernels;
import bellwether.core.parallel.Workers;
import bellwether.mechanisms.auction.ArmAuction;
import bellwether.mechanisms.auction.BanditAuction;
import bellwether.mechanisms.auction.BanditWelfare;
import bellwether.mechanisms.auction.Contestant;
import bellwether.mechanisms.auction.CurveOptions;
import bellwether.mechanisms.auction.Terms;
import bellwether.mechanisms.virtual.VirtualWeight;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The first period of a bandit auction for revenue: the virtual-pivot mechanism of a fully
 * controlled environment.
 *
 * <p>With h = (1 - F) / f and v the bidder's value of winning, alpha = 1 - h A' / A and beta = 0
 * where v = A(s0) B, alpha = 1 and beta = -h A' C where v = A(s0) C + B. The objective counts alpha
 * v + beta; bidders with alpha &lt;= 0 or an infinite h are excluded. The item goes to the largest
 * virtual index, alpha and beta applied to the index of v, if that is above the outside value; the
 * winner pays ((1 - delta) W_-i - beta) / alpha, nobody else pays.
 *
 * <p>Cost: as {@link ArmAuction}. Source: Kakade, Lobel and Nazerzadeh (2013), Optimal dynamic
 * mechanism design and the virtual-pivot mechanism, definition 5.1 and section 5.2.2.
 */
public final class RevenueAuction {
  private final double[] indices;
  private final double[] alpha;
  private final double[] beta;
  private final boolean[] included;
  private final int[] place;
  private final int[] bidderAt;
  private final ArmAuction held;

  private RevenueAuction(
      double[] indices,
      double[] alpha,
      double[] beta,
      boolean[] included,
      int[] place,
      int[] bidderAt,
      ArmAuction held) {
    this.indices = indices;
    this.alpha = alpha;
    this.beta = beta;
    this.included = included;
    this.place = place;
    this.bidderAt = bidderAt;
    this.held = held;
  }

  /**
   * Holds the auction.
   *
   * @param bidders any number
   * @param discount delta, in [0, 1)
   * @param outsideValue of nobody winning, a period, to the seller
   * @param options how closely to bracket the welfare of Beta-Bernoulli arms
   * @param tables where indices of Beta-Bernoulli arms are looked up first
   * @throws IllegalArgumentException naming the first argument that is not allowed
   * @throws bellwether.mechanisms.auction.ToleranceNotReachedException as {@link BanditWelfare#of}
   * @throws java.util.concurrent.CancellationException when the thread is interrupted
   */
  public static RevenueAuction hold(
      List<RevenueBidder> bidders,
      double discount,
      double outsideValue,
      CurveOptions options,
      List<IndexTable> tables,
      Kernels kernels,
      Workers workers) {
    int n = bidders.size();
    double[] alpha = new double[n];
    double[] beta = new double[n];
    boolean[] included = new boolean[n];
    int[] place = new int[n];
    int[] bidderAt = new int[n];
    List<Contestant> contestants = new ArrayList<>();
    List<Terms> terms = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      RevenueBidder bidder = bidders.get(i);
      VirtualWeight weight = bidder.value().weight(bidder.initialType());
      alpha[i] = weight.alpha();
      beta[i] = weight.beta(bidder.value().constant());
      included[i] = weight.included();
      if (included[i]) {
        place[i] = contestants.size();
        bidderAt[place[i]] = i;
        contestants.add(bidder.contestant());
        terms.add(bidder.value().terms(bidder.initialType()));
      }
    }
    ArmAuction held =
        ArmAuction.hold(
            contestants, terms, discount, outsideValue, options, tables, kernels, workers);
    double[] found = held.indices();
    double[] indices = new double[n];
    for (int i = 0; i < n; i++) {
      indices[i] = included[i] ? found[place[i]] : Double.NaN;
    }
    return new RevenueAuction(indices, alpha, beta, included, place, bidderAt, held);
  }

  /** The virtual index of each bidder, in units of the objective; NaN where excluded; a copy. */
  public double[] indices() {
    return indices.clone();
  }

  /** The weight alpha of each bidder, as the formula gives it for excluded ones too; a copy. */
  public double[] alpha() {
    return alpha.clone();
  }

  /** The constant beta of each bidder, in its own value a period of winning; a copy. */
  public double[] beta() {
    return beta.clone();
  }

  /** Whether a bidder takes part. */
  public boolean included(int bidder) {
    return included[bidder];
  }

  /** Who gets the item now, if anybody. */
  public OptionalInt winner() {
    OptionalInt winner = held.winner();
    return winner.isPresent() ? OptionalInt.of(bidderAt[winner.getAsInt()]) : winner;
  }

  /** The auction among the bidders that take part, in their order. */
  public ArmAuction held() {
    return held;
  }

  /** The weighted welfare; null where {@link ArmAuction#auction} is. */
  public @Nullable BanditWelfare welfare() {
    BanditAuction auction = held.auction();
    return auction == null ? null : auction.welfare();
  }

  /**
   * The weighted welfare without each bidder, which for an excluded one is the welfare; null where
   * {@link ArmAuction#auction} is.
   */
  public double @Nullable [] welfareWithout() {
    BanditAuction auction = held.auction();
    if (auction == null) {
      return null;
    }
    double[] without = new double[indices.length];
    Arrays.setAll(
        without,
        i ->
            included[i] ? auction.welfare().welfareWithout(place[i]) : auction.welfare().welfare());
    return without;
  }

  /** What each bidder pays now; null where {@link ArmAuction#auction} is. */
  public double @Nullable [] payments() {
    BanditAuction auction = held.auction();
    if (auction == null) {
      return null;
    }
    double[] payments = new double[indices.length];
    Arrays.setAll(payments, i -> included[i] ? auction.payment(place[i]) : 0);
    return payments;
  }
}
