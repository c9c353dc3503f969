package bellwether.batch.kind;

import bellwether.batch.tree.Fields;
import bellwether.batch.tree.HeapSpace;
import bellwether.batch.tree.KeyPath;
import bellwether.batch.tree.Mistakes;
import bellwether.batch.tree.Node;
import bellwether.batch.tree.Range;
import bellwether.core.stopping.AmericanPut;
import bellwether.core.stopping.BermudanMaxCall;
import bellwether.core.stopping.BermudanOption;
import bellwether.core.stopping.BrownianStopping;
import bellwether.core.stopping.Market;
import bellwether.core.stopping.SimulatedOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Problems {@code americanPut} and {@code bermudanMaxCall}, solved exactly, as they were read.
 *
 * @param assets 0 for a put, else of a call on the largest
 * @param dates after the first, 0 for continuous exercise
 * @param tolerance asked for, or null
 */
record OptionJob(
    Market market,
    double strike,
    double maturity,
    int assets,
    int dates,
    @Nullable Double tolerance)
    implements Job {
  private static final int MOST_SHOWN = 1000;
  private static final int MOST_ASSETS = SimulatedOption.MOST_ASSETS;
  static final String ASSETS = "an integer from 1 to " + MOST_ASSETS;

  static Job read(Fields job, CommonKeys common, boolean put) {
    Mistakes mistakes = job.mistakes();
    long before = mistakes.count();
    Market market =
        new Market(
            job.number("spot", Range.POSITIVE),
            job.number("rate", Range.FINITE),
            job.number("dividend", Range.FINITE, 0),
            job.number("volatility", Range.POSITIVE));
    double strike = job.number("strike", Range.POSITIVE);
    double maturity = job.number("maturity", Range.POSITIVE);
    int assets = put ? 0 : (int) job.integer("assets", 1, MOST_ASSETS, ASSETS, 2);
    boolean simulated = SimulatedOptionJob.asked(job, assets, 2);
    int most = assets == 2 && !simulated ? BermudanMaxCall.MOST_DATES : BrownianStopping.MOST_DATES;
    String allowed = "an integer from 1 to " + most;
    int dates =
        put && !present(job, "exerciseDates")
            ? 0
            : (int) job.integer("exerciseDates", 1, most, allowed);
    if (mistakes.count() > before) {
      return OptimalStoppingKind.NONE;
    }
    scale(job, market, maturity);
    if (simulated) {
      return mistakes.count() > before
          ? OptimalStoppingKind.NONE
          : SimulatedOptionJob.read(job, common, market, strike, maturity, assets, dates);
    }
    if (dates == 0 && market.rate() < 0 && market.dividend() < market.rate()) {
      wrong(
          job,
          "rate",
          "below 0 and above the dividend: exercise begins and ends at two prices",
          "a rate at least 0 or at most the dividend, or exerciseDates");
    }
    if (assets == 2 && mistakes.count() == before) {
      double bytes = BermudanMaxCall.bytes(market, maturity, dates);
      String refusal =
          bytes / 8 < Integer.MAX_VALUE
              ? HeapSpace.refusal("a grid for " + dates + " exercise dates", bytes)
              : "too many exercise dates for the grid of two assets";
      Node node = job.optional("exerciseDates");
      if (refusal != null && node != null) {
        mistakes.add(node.position(), job.path().key("exerciseDates"), refusal);
      }
    }
    return mistakes.count() > before
        ? OptimalStoppingKind.NONE
        : new OptionJob(market, strike, maturity, assets, dates, common.tolerance());
  }

  static boolean present(Fields job, String key) {
    Node node = job.optional(key);
    return node != null && !(node instanceof Node.NullNode);
  }

  /** Numbers that are right one by one and too large together. */
  private static void scale(Fields job, Market market, double maturity) {
    double spread = market.volatility() * market.volatility() * maturity;
    if (!(spread <= 100)) {
      wrong(job, "volatility", "volatility^2 times maturity is too large", "at most 100");
    }
    if (!(Math.abs(market.rate()) * maturity <= 100)) {
      wrong(job, "rate", "rate times maturity is too large", "-100 to 100");
    }
    if (!(Math.abs(market.dividend()) * maturity <= 100)) {
      wrong(job, "dividend", "dividend times maturity is too large", "-100 to 100");
    }
  }

  private static void wrong(Fields job, String key, String wrong, String allowed) {
    Node node = job.optional(key);
    KeyPath path = job.path().key(key);
    if (node != null) {
      job.mistakes().add(node.position(), path, wrong, node.shown(), allowed);
    }
  }

  @Override
  public Outcome solve(Resources resources) throws JobFailedException {
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    Map<String, @Nullable Object> certificate = new LinkedHashMap<>();
    double error;
    if (assets == 2) {
      BermudanMaxCall call =
          BermudanMaxCall.of(market, strike, maturity, dates, resources.workers());
      result.put("value", call.value());
      result.put("european", call.european());
      certificate.put("method", "quadrature");
      error = call.errorEstimate();
    } else if (dates > 0) {
      BermudanOption option =
          assets == 1
              ? BermudanOption.call(market, strike, maturity, dates)
              : BermudanOption.put(market, strike, maturity, dates);
      result.put("value", option.value());
      result.put("european", option.european());
      double[] boundary = option.exerciseBoundary();
      result.put("exerciseBoundary", boundary[0]);
      if (dates <= MOST_SHOWN) {
        result.put("exerciseBoundaries", boundary);
      }
      certificate.put("method", "quadrature");
      note(certificate, boundary);
      error = option.errorEstimate();
    } else {
      AmericanPut put = AmericanPut.of(market, strike, maturity);
      result.put("value", put.value());
      result.put("european", put.european());
      result.put("exerciseBoundary", put.exerciseBoundary());
      certificate.put("method", "integralEquation");
      note(certificate, put.exerciseBoundary());
      error = put.errorEstimate();
    }
    if (!Double.isFinite(error)) {
      throw new JobFailedException("the value overflows: smaller rates, volatility or maturity");
    }
    if (tolerance != null && !(error <= tolerance)) {
      throw new JobFailedException(
          "tolerance: " + tolerance + " cannot be reached, the value is known within " + error);
    }
    certificate.put("errorEstimate", error);
    return new Outcome(result, certificate);
  }

  private static void note(Map<String, @Nullable Object> certificate, double... boundary) {
    for (double price : boundary) {
      if (Double.isNaN(price)) {
        certificate.put("exerciseBoundaryNote", "null: exercise is not optimal at any price near");
        return;
      }
    }
  }
}
