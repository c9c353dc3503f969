package bellwether.batch.kind;

import bellwether.core.bandit.BetaBernoulliArm;
import bellwether.core.bandit.BetaBernoulliRetirement;
import bellwether.core.bandit.IndexBracket;
import bellwether.core.bandit.NormalArm;
import bellwether.core.bandit.RetirementSteps;
import bellwether.mechanisms.auction.AffineMap;
import bellwether.mechanisms.auction.BanditAuction;
import bellwether.mechanisms.auction.BanditWelfare;
import bellwether.mechanisms.auction.CurveOptions;
import bellwether.mechanisms.auction.ToleranceNotReachedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** From the bidders of a job to the auction of {@code mechanisms}. */
final class AuctionSolver {
  private final double discount;
  private final double outsideValue;
  private final List<Bidder> bidders;
  private final CurveOptions options;
  private final IndexSolver solver;
  private final Resources resources;

  /** The width of the widest bracket of an index. */
  private double widestBracket;

  private boolean bayesian;

  private AuctionSolver(
      double discount,
      double outsideValue,
      List<Bidder> bidders,
      @Nullable Double tolerance,
      Resources resources) {
    this.discount = discount;
    this.outsideValue = outsideValue;
    this.bidders = bidders;
    this.resources = resources;
    this.options =
        tolerance == null
            ? CurveOptions.DEFAULT
            : new CurveOptions(Math.min(tolerance, 0.5), CurveOptions.DEFAULT.maxEvaluations());
    this.solver = new IndexSolver(discount, null, resources);
  }

  /**
   * What the solver finds.
   *
   * @param indices of each bidder's arm in its state
   * @param winner the bidder with the largest index, if that exceeds the outside value, else null
   * @param welfare null when an arm is normal, as are the next two
   * @param welfareWithout of all but bidder i
   * @param payments the winner's, 0 for the others
   * @param certificate what bounds the error
   */
  record Numbers(
      double[] indices,
      @Nullable Integer winner,
      @Nullable Double welfare,
      double @Nullable [] welfareWithout,
      double @Nullable [] payments,
      Map<String, @Nullable Object> certificate) {}

  /**
   * Holds the auction.
   *
   * @param tolerance width of the welfare's bracket as a share of the values at stake, where arms
   *     are Bayesian; null for the default
   */
  static Numbers solve(
      double discount,
      double outsideValue,
      List<Bidder> bidders,
      @Nullable Double tolerance,
      Resources resources)
      throws JobFailedException {
    try {
      return new AuctionSolver(discount, outsideValue, bidders, tolerance, resources).solve();
    } catch (IllegalArgumentException | ToleranceNotReachedException e) {
      throw new JobFailedException(String.valueOf(e.getMessage()), e);
    }
  }

  private Numbers solve() {
    FiniteArms finite = FiniteArms.solve(bidders, solver, resources);
    double[] indices = indices(finite);
    Map<String, @Nullable Object> certificate = new LinkedHashMap<>();
    certificate.put("method", bayesian ? "productIntegralBracket" : "productIntegral");
    certificate.put("indexErrorBound", Math.max(finite.errorBound(), widestBracket));
    if (bidders.stream().anyMatch(bidder -> bidder.arm().arm() instanceof NormalArm)) {
      certificate.put("method", "indicesOnly");
      OptionalInt winner = BanditAuction.winner(indices, outsideValue);
      return new Numbers(indices, boxed(winner), null, null, null, certificate);
    }
    BanditAuction auction =
        BanditAuction.hold(
            auctionBidders(finite, indices),
            indices,
            discount,
            outsideValue,
            options,
            resources.workers());
    BanditWelfare welfare = auction.welfare();
    double[] without = new double[indices.length];
    double widest = welfare.upper() - welfare.lower();
    for (int i = 0; i < without.length; i++) {
      without[i] = welfare.welfareWithout(i);
      widest = Math.max(widest, welfare.upperWithout(i) - welfare.lowerWithout(i));
    }
    if (bayesian) {
      certificate.put("welfareLower", welfare.lower());
      certificate.put("welfareUpper", welfare.upper());
      certificate.put("widestWelfareBracket", widest);
      certificate.put("evaluations", welfare.evaluations());
    }
    return new Numbers(
        indices,
        boxed(auction.winner()),
        welfare.welfare(),
        without,
        auction.payments(),
        certificate);
  }

  private static @Nullable Integer boxed(OptionalInt winner) {
    return winner.isPresent() ? (Integer) winner.getAsInt() : null;
  }

  /** Each distinct Bayesian arm is solved once, in parallel. */
  private double[] indices(FiniteArms finite) {
    Map<Object, Integer> places = new LinkedHashMap<>();
    for (Bidder bidder : bidders) {
      if (bidder.arm().arm() instanceof BetaBernoulliArm
          || bidder.arm().arm() instanceof NormalArm) {
        places.putIfAbsent(bidder.arm().arm(), places.size());
      }
    }
    List<Object> arms = List.copyOf(places.keySet());
    IndexBracket[] brackets = new IndexBracket[arms.size()];
    resources
        .workers()
        .forEach(
            brackets.length,
            k ->
                brackets[k] =
                    arms.get(k) instanceof BetaBernoulliArm beta
                        ? solver.bracket(beta, 1)
                        : solver.bracket((NormalArm) arms.get(k), 1));
    double[] indices = new double[bidders.size()];
    for (int i = 0; i < indices.length; i++) {
      ArmSpec arm = bidders.get(i).arm();
      Integer place = places.get(arm.arm());
      if (place == null) {
        indices[i] = finite.index(i);
        continue;
      }
      bayesian |= arm.arm() instanceof BetaBernoulliArm;
      indices[i] = brackets[place].index() * arm.scale();
      widestBracket = Math.max(widestBracket, brackets[place].width() * arm.scale());
    }
    return indices;
  }

  private List<bellwether.mechanisms.auction.Bidder> auctionBidders(
      FiniteArms finite, double[] indices) {
    double largest = 0;
    for (int i = 0; i < indices.length; i++) {
      if (finite.steps(i) == null) {
        largest = Math.max(largest, indices[i] / (1 - discount));
      }
    }
    // The curves' truncation errors add up: together they get a tenth of the bracket.
    double error = 0.1 * options.tolerance() * largest / bidders.size();
    Map<BetaBernoulliArm, BetaBernoulliRetirement> curves = new HashMap<>();
    List<bellwether.mechanisms.auction.Bidder> result = new ArrayList<>(bidders.size());
    for (int i = 0; i < indices.length; i++) {
      ArmSpec arm = bidders.get(i).arm();
      AffineMap value = AffineMap.scale(arm.scale());
      RetirementSteps steps = finite.steps(i);
      if (steps != null) {
        result.add(bellwether.mechanisms.auction.Bidder.of(steps, value));
      } else if (arm.arm() instanceof BetaBernoulliArm beta) {
        BetaBernoulliRetirement curve =
            curves.computeIfAbsent(
                beta,
                b ->
                    BetaBernoulliRetirement.of(
                        b, discount, 1, error / arm.scale(), resources.kernels()));
        result.add(bellwether.mechanisms.auction.Bidder.of(curve, value));
      }
    }
    return result;
  }
}
