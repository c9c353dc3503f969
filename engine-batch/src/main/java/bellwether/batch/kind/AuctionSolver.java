package bellwether.batch.kind;

import bellwether.core.bandit.IndexTable;
import bellwether.mechanisms.auction.ArmAuction;
import bellwether.mechanisms.auction.BanditAuction;
import bellwether.mechanisms.auction.BanditWelfare;
import bellwether.mechanisms.auction.Contestant;
import bellwether.mechanisms.auction.CurveOptions;
import bellwether.mechanisms.auction.ToleranceNotReachedException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** From the bidders of a job to the auction of {@code mechanisms} and back to numbers. */
final class AuctionSolver {
  private AuctionSolver() {}

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
   * @param tables where indices of Beta-Bernoulli arms may be looked up
   */
  static Numbers solve(
      double discount,
      double outsideValue,
      List<Bidder> bidders,
      @Nullable Double tolerance,
      List<IndexTable> tables,
      Resources resources)
      throws JobFailedException {
    CurveOptions options = CurveOptions.DEFAULT;
    if (tolerance != null) {
      options = new CurveOptions(Math.min(tolerance, 0.5), options.maxEvaluations());
    }
    List<Contestant> contestants =
        bidders.stream()
            .map(b -> new Contestant(b.arm().arm(), b.state(), b.arm().scale()))
            .toList();
    try {
      return numbers(
          ArmAuction.hold(
              contestants,
              discount,
              outsideValue,
              options,
              tables,
              resources.kernels(),
              resources.workers()));
    } catch (IllegalArgumentException | IllegalStateException | ToleranceNotReachedException e) {
      // The job was read and found right: what is left is a tolerance that cannot be had.
      throw new JobFailedException(String.valueOf(e.getMessage()), e);
    }
  }

  private static Numbers numbers(ArmAuction held) {
    double[] indices = held.indices();
    Integer winner = held.winner().isPresent() ? (Integer) held.winner().getAsInt() : null;
    Map<String, @Nullable Object> certificate = new LinkedHashMap<>();
    BanditAuction auction = held.auction();
    if (auction == null) {
      certificate.put("method", "indicesOnly");
      certificate.put("indexErrorBound", held.indexErrorBound());
      return new Numbers(indices, winner, null, null, null, certificate);
    }
    BanditWelfare welfare = auction.welfare();
    double[] without = new double[indices.length];
    double widest = welfare.upper() - welfare.lower();
    for (int i = 0; i < without.length; i++) {
      without[i] = welfare.welfareWithout(i);
      widest = Math.max(widest, welfare.upperWithout(i) - welfare.lowerWithout(i));
    }
    certificate.put("method", held.bracketed() ? "productIntegralBracket" : "productIntegral");
    certificate.put("indexErrorBound", held.indexErrorBound());
    if (held.bracketed()) {
      certificate.put("welfareLower", welfare.lower());
      certificate.put("welfareUpper", welfare.upper());
      certificate.put("widestWelfareBracket", widest);
      certificate.put("evaluations", welfare.evaluations());
    }
    return new Numbers(
        indices, winner, welfare.welfare(), without, auction.payments(), certificate);
  }
}
