package bellwether.core.stopping;

import bellwether.core.parallel.Workers;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * Stopping a Brownian motion with drift at one of finitely many dates, by quadrature: x_t = start +
 * drift t + volatility W_t, dates maturity k / dates for k = 0..dates, and what stopping at t pays
 * is worth exp(-rate t) payoff(x_t). Never stopping is worth 0.
 *
 * <p>Backward induction on panels of Gauss-Legendre nodes that are split where stopping begins or
 * ends, so that no rule straddles a kink. A second, coarser run tells how far the digits hold; with
 * smooth payoffs some ten of them do. O(dates^1.5) time.
 *
 * @param start where the motion is now
 * @param drift a year
 * @param volatility a square root of a year, above 0
 * @param rate of interest a year
 * @param maturity the last date, above 0
 * @param dates after the first, at least 1
 */
public record BrownianStopping(
    double start, double drift, double volatility, double rate, double maturity, int dates) {
  /** The most dates. */
  public static final int MOST_DATES = 100_000;

  private static final int MOST_PANELS = 1_000_000;
  private static final int ORDER = 16;
  private static final double FINE = 2.5;
  private static final double COARSE = 3.2;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException naming the one that is out of range
   */
  public BrownianStopping {
    for (double value : new double[] {start, drift, rate}) {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("start, drift and rate must be finite: " + value);
      }
    }
    PerpetualOption.positive("volatility", volatility);
    PerpetualOption.positive("maturity", maturity);
    if (dates < 1 || dates > MOST_DATES) {
      throw new IllegalArgumentException(
          "dates must number from 1 to " + MOST_DATES + ": " + dates);
    }
  }

  /**
   * What came out.
   *
   * @param value of the best rule
   * @param errorEstimate by how much a coarser run differs, and rounding
   * @param boundaries of each date k = 0..dates the points where stopping becomes or ceases to be
   *     optimal, increasing
   */
  public record Result(double value, double errorEstimate, double[][] boundaries) {}

  /**
   * Solves a problem.
   *
   * @param payoff what stopping pays at x, finite, smooth but for its kinks; may be below 0
   * @param kinks of the payoff, increasing; where it crosses 0 needs no mention
   * @param growth the payoff grows at most like exp(growth |x|)
   * @param focus a point whose surroundings the boundaries should cover; NaN for none but the start
   * @throws IllegalArgumentException when a payoff is not finite, or there would be too many panels
   * @throws java.util.concurrent.CancellationException when the thread is interrupted
   */
  public Result solve(DoubleUnaryOperator payoff, double[] kinks, double growth, double focus) {
    Result fine = run(payoff, kinks, growth, focus, FINE);
    Result coarse = run(payoff, kinks, growth, focus, COARSE);
    double rounding = 1e-14 * Math.abs(fine.value());
    return new Result(
        fine.value(), Math.abs(fine.value() - coarse.value()) + rounding, fine.boundaries());
  }

  private Result run(
      DoubleUnaryOperator payoff, double[] kinks, double growth, double focus, double width) {
    double step = maturity / dates;
    double sd = volatility * Math.sqrt(step);
    double discount = StrictMath.exp(-rate * step);
    GaussianPanels panels = new GaussianPanels(sd, width, ORDER, growth);
    // Without the drift, which is added to the payoff's argument, the line stays where it is.
    double reach =
        GaussianPanels.REACH * volatility * Math.sqrt(maturity)
            + growth * volatility * volatility * maturity;
    double low = start - reach;
    double high = start + reach;
    if (Math.abs(focus - start) <= 2 * reach) {
      low = Math.min(low, focus - Math.max(0, drift * maturity) - reach / 3);
      high = Math.max(high, focus + Math.max(0, -drift * maturity) + reach / 3);
    }
    double wanted = Math.ceil((high - low) / panels.width());
    if (!(wanted < MOST_PANELS)) {
      throw new IllegalArgumentException(
          "drift, focus and dates need too many panels: " + wanted + ", at most " + MOST_PANELS);
    }
    int count = (int) wanted;
    double[] value = new double[count * ORDER];
    double[] next = new double[count * ORDER];
    double[] excess = new double[count * ORDER];
    PanelExcess finder = new PanelExcess(panels);
    double[] moved = new double[kinks.length];
    double[][] boundaries = new double[dates + 1][];
    double now = 0;
    for (int k = dates; k >= 0; k--) {
      Workers.checkInterrupted();
      double shift = drift * (step * k);
      if (k == 0) {
        now = mean(panels, low, next, count, discount);
      }
      if (k < dates) {
        convolve(panels, next, value, count, discount);
      }
      for (int i = 0; i < kinks.length; i++) {
        moved[i] = kinks[i] - shift;
      }
      finder.find(y -> checked(payoff, y + shift), moved, low, value, 0, count, excess);
      for (int i = 0; i < value.length; i++) {
        value[i] += excess[i];
      }
      boundaries[k] = boundaries(finder, shift, low, high, reach);
      double[] old = next;
      next = value;
      value = old;
    }
    return new Result(Math.max(payoff.applyAsDouble(start), now), 0, boundaries);
  }

  private static double checked(DoubleUnaryOperator payoff, double x) {
    double paid = payoff.applyAsDouble(x);
    if (!Double.isFinite(paid)) {
      throw new IllegalArgumentException("payoff at " + x + " must be finite: " + paid);
    }
    return paid;
  }

  /** Those far enough from the ends, where what lies beyond is missing. */
  private static double[] boundaries(
      PanelExcess finder, double shift, double low, double high, double reach) {
    double[] found = new double[finder.crossings()];
    int kept = 0;
    for (int i = 0; i < found.length; i++) {
      double y = finder.crossing(i);
      if (y > low + reach / 4 && y < high - reach / 4) {
        found[kept++] = y + shift;
      }
    }
    return Arrays.copyOf(found, kept);
  }

  private double mean(
      GaussianPanels panels, double low, double[] value, int count, double discount) {
    double sum = 0;
    for (int p = 0; p < count; p++) {
      double from = low + p * panels.width();
      for (int i = 0; i < ORDER; i++) {
        sum = Math.fma(panels.weight(from, i, start), value[p * ORDER + i], sum);
      }
    }
    return discount * sum;
  }

  /** target = discount times the convolution of source. */
  private static void convolve(
      GaussianPanels panels, double[] source, double[] target, int count, double discount) {
    int radius = panels.radius();
    double[] sum = new double[ORDER];
    for (int p = 0; p < count; p++) {
      Arrays.fill(sum, 0);
      int last = Math.min(count - 1, p + radius);
      for (int q = Math.max(0, p - radius); q <= last; q++) {
        double[] block = panels.block(q - p);
        for (int j = 0; j < ORDER; j++) {
          double v = source[q * ORDER + j];
          for (int i = 0; i < ORDER; i++) {
            sum[i] = Math.fma(v, block[j * ORDER + i], sum[i]);
          }
        }
      }
      for (int i = 0; i < ORDER; i++) {
        target[p * ORDER + i] = discount * sum[i];
      }
    }
  }
}
