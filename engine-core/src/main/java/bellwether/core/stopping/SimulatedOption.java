package bellwether.core.stopping;

import bellwether.core.kernel.Kernels;
import bellwether.core.parallel.Workers;

/**
 * An option between two simulated bounds: below, what a policy found by least squares is worth on
 * paths of its own (Longstaff and Schwartz 2001); above, the dual bound of the same policy
 * (Andersen and Broadie 2004). The same bits for any number of threads and any kernels.
 *
 * @param lower an estimate of a lower bound
 * @param lowerStandardError its standard error; 0 where exercising now is best
 * @param upper an estimate of an upper bound
 * @param upperStandardError its standard error
 * @param european the exact value without early exercise
 */
public record SimulatedOption(
    double lower,
    double lowerStandardError,
    double upper,
    double upperStandardError,
    double european) {
  /** The most assets. */
  public static final int MOST_ASSETS = 100;

  /**
   * A put on one asset.
   *
   * @param dates after the first, at least 1: exercise at maturity k / dates, k = 0..dates
   * @throws IllegalArgumentException naming the number that is out of range
   * @throws java.util.concurrent.CancellationException when the thread is interrupted
   */
  public static SimulatedOption put(
      Market market,
      double strike,
      double maturity,
      int dates,
      SimulationOptions options,
      Kernels kernels,
      Workers workers) {
    return run(market, strike, maturity, dates, 1, true, options, kernels, workers);
  }

  /**
   * A call on the largest of {@code assets} independent assets.
   *
   * @param assets from 1 to {@link #MOST_ASSETS}
   * @throws IllegalArgumentException naming the number that is out of range
   * @throws java.util.concurrent.CancellationException when the thread is interrupted
   */
  public static SimulatedOption maxCall(
      Market market,
      double strike,
      double maturity,
      int dates,
      int assets,
      SimulationOptions options,
      Kernels kernels,
      Workers workers) {
    if (assets < 1 || assets > MOST_ASSETS) {
      throw new IllegalArgumentException(
          "assets must number from 1 to " + MOST_ASSETS + ": " + assets);
    }
    return run(market, strike, maturity, dates, assets, false, options, kernels, workers);
  }

  /** The middle of the two. */
  public double value() {
    return (lower + upper) / 2;
  }

  /** Of the middle: the two come from different paths. */
  public double valueStandardError() {
    return Math.hypot(lowerStandardError, upperStandardError) / 2;
  }

  private static SimulatedOption run(
      Market market,
      double strike,
      double maturity,
      int dates,
      int assets,
      boolean put,
      SimulationOptions options,
      Kernels kernels,
      Workers workers) {
    PerpetualOption.positive("strike", strike);
    BermudanOption.checkScale(market, maturity);
    if (dates < 1 || dates > BrownianStopping.MOST_DATES) {
      throw new IllegalArgumentException(
          "dates must number from 1 to " + BrownianStopping.MOST_DATES + ": " + dates);
    }
    OptionModel model =
        new OptionModel(market.at(market.spot() / strike), assets, put, dates, maturity);
    ExercisePolicy policy =
        new ExercisePolicy(model, new PolynomialBasis(assets, options.degree()));
    options.progress().accept("regression, " + options.paths() + " paths");
    double expected =
        Regression.run(model, policy, options.paths(), options.seed(), kernels, workers);
    double european = model.european();
    double now = model.payoff(model.market().spot());
    options.progress().accept("lower bound, " + options.pricingPaths() + " paths");
    Pricing.Estimate lower =
        now > 0 && now >= expected
            ? new Pricing.Estimate(now, 0)
            : Pricing.run(
                model, policy, european, options.pricingPaths(), options.seed(), kernels, workers);
    options.progress().accept("upper bound, " + options.dualPaths() + " paths");
    Pricing.Estimate upper =
        DualBound.run(
            model,
            policy,
            options.dualPaths(),
            options.innerPaths(),
            options.seed(),
            kernels,
            workers);
    return new SimulatedOption(
        strike * lower.mean(),
        strike * lower.standardError(),
        strike * upper.mean(),
        strike * upper.standardError(),
        strike * european);
  }
}
