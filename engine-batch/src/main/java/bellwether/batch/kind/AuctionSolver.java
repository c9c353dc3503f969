package bellwether.batch.kind;

import bellwether.mechanisms.auction.ArmAuction;
import bellwether.mechanisms.auction.BanditAuction;
import bellwether.mechanisms.auction.BanditWelfare;
import bellwether.mechanisms.auction.CurveOptions;
import bellwether.mechanisms.auction.ToleranceNotReachedException;
import bellwether.mechanisms.revenue.RevenueAuction;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** From the bidders of a job to the auction of {@code mechanisms} and back to numbers. */
final class AuctionSolver {
  private AuctionSolver() {}

  /**
   * What the solver finds.
   *
   * @param indices of each bidder in its state, in units of the objective; NaN where excluded
   * @param winner the bidder with the largest index, if that exceeds the outside value, else null
   * @param welfare null when an arm is normal, as are the next two
   * @param welfareWithout of all but bidder i
   * @param payments the winner's, 0 for the others
   * @param alpha the weights of an auction for revenue, else null, as is the next
   * @param beta what is added to weighted values
   * @param certificate what bounds the error
   */
  record Numbers(
      double[] indices,
      @Nullable Integer winner,
      @Nullable Double welfare,
      double @Nullable [] welfareWithout,
      double @Nullable [] payments,
      double @Nullable [] alpha,
      double @Nullable [] beta,
      Map<String, @Nullable Object> certificate) {}

  /**
   * Holds the auction of a job.
   *
   * @throws JobFailedException when the tolerance cannot be had
   */
  static Numbers solve(AuctionJob job, Resources resources) throws JobFailedException {
    CurveOptions options = CurveOptions.DEFAULT;
    Double tolerance = job.tolerance();
    if (tolerance != null) {
      options = new CurveOptions(Math.min(tolerance, 0.5), options.maxEvaluations());
    }
    try {
      return job.revenue() == null
          ? welfare(job, options, resources)
          : revenue(job, options, resources);
    } catch (IllegalArgumentException | IllegalStateException | ToleranceNotReachedException e) {
      // The job was read and found right: what is left is a tolerance that cannot be had.
      throw new JobFailedException(String.valueOf(e.getMessage()), e);
    }
  }

  private static Numbers welfare(AuctionJob job, CurveOptions options, Resources resources) {
    ArmAuction held =
        ArmAuction.hold(
            job.bidders().stream().map(Bidder::contestant).toList(),
            job.discount(),
            job.outsideValue(),
            options,
            job.tables(),
            resources.kernels(),
            resources.workers());
    BanditAuction auction = held.auction();
    return new Numbers(
        held.indices(),
        number(held.winner()),
        auction == null ? null : (Double) auction.welfare().welfare(),
        auction == null ? null : auction.welfare().welfareWithout(),
        auction == null ? null : auction.payments(),
        null,
        null,
        certificate(held));
  }

  private static Numbers revenue(AuctionJob job, CurveOptions options, Resources resources) {
    RevenueAuction held =
        RevenueAuction.hold(
            job.bidders().stream().map(Bidder::forRevenue).toList(),
            job.discount(),
            job.outsideValue(),
            options,
            job.tables(),
            resources.kernels(),
            resources.workers());
    BanditWelfare welfare = held.welfare();
    return new Numbers(
        held.indices(),
        number(held.winner()),
        welfare == null ? null : (Double) welfare.welfare(),
        held.welfareWithout(),
        held.payments(),
        held.alpha(),
        held.beta(),
        certificate(held.held()));
  }

  private static @Nullable Integer number(OptionalInt winner) {
    return winner.isPresent() ? (Integer) winner.getAsInt() : null;
  }

  private static Map<String, @Nullable Object> certificate(ArmAuction held) {
    Map<String, @Nullable Object> certificate = new LinkedHashMap<>();
    BanditAuction auction = held.auction();
    if (auction == null) {
      certificate.put("method", "indicesOnly");
      certificate.put("indexErrorBound", held.indexErrorBound());
      return certificate;
    }
    BanditWelfare welfare = auction.welfare();
    double widest = welfare.upper() - welfare.lower();
    for (int i = 0; i < welfare.bidders(); i++) {
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
    return certificate;
  }
}
