package bellwether.mechanisms.virtual;

import bellwether.core.distribution.Distribution;
import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * Points of a support, where a function of the type is looked at: quantiles from 1e-15 to 1 -
 * 1e-15, further out to 1e-300 where there is no end, and ever closer to an end where there is one.
 */
public final class SupportGrid {
  private static final double[] LEVELS = {
    1e-15, 1e-12, 1e-9, 1e-7, 1e-5, 1e-4, 1e-3, 0.01, 0.03, 0.1, 0.2, 0.3, 0.4, 0.5
  };
  private static final double[] FAR = {1e-20, 1e-30, 1e-50, 1e-100, 1e-200, 1e-300};

  /** Exponents of 10 for points above a support's end at 0. */
  private static final int[] DECADES = {-300, -250, -200, -150, -100, -60, -30, -20};

  /** Nothing is to be seen among smaller numbers. */
  private static final double LEAST = 1e-300;

  /** Neighbours further apart than this, as a ratio, are divided evenly in their logarithms. */
  private static final double RATIO = 4;

  private SupportGrid() {}

  /**
   * Increasing finite points, at least two: the ends of the support where they are finite, and some
   * 60 more.
   */
  public static double[] of(Distribution distribution) {
    double low = distribution.low();
    double high = distribution.high();
    DoubleStream.Builder points = DoubleStream.builder();
    for (double level : LEVELS) {
      points.add(distribution.quantile(level));
      points.add(distribution.upperQuantile(level));
    }
    for (double level : FAR) {
      if (Double.isInfinite(low)) {
        points.add(distribution.quantile(level));
      }
      if (Double.isInfinite(high)) {
        points.add(distribution.upperQuantile(level));
      }
    }
    points.add(low);
    points.add(high);
    if (low == 0) {
      for (int decade : DECADES) {
        points.add(StrictMath.pow(10, decade));
      }
    }
    if (Double.isFinite(high - low)) {
      for (int k = 1; k <= 48; k += k < 8 ? 1 : 8) {
        points.add(low + Math.scalb(high - low, -k));
        points.add(high - Math.scalb(high - low, -k));
      }
    }
    return points
        .build()
        .filter(x -> Double.isFinite(x) && x >= low && x <= high)
        .filter(x -> x == 0 || Math.abs(x) >= LEAST)
        .map(x -> x + 0.0)
        .sorted()
        .distinct()
        .toArray();
  }

  /**
   * Each gap between increasing {@code points} divided in {@code parts}: evenly, or in the
   * logarithms where both ends are above 0 and far apart.
   */
  static double[] refined(double[] points, int parts) {
    double[] fine = new double[(points.length - 1) * parts + 1];
    int n = 0;
    for (int i = 0; i + 1 < points.length; i++) {
      double from = points[i];
      double to = points[i + 1];
      boolean geometric = from > 0 && to > RATIO * from;
      double step = geometric ? StrictMath.log(to / from) / parts : (to - from) / parts;
      for (int k = 0; k < parts; k++) {
        double x = geometric ? from * StrictMath.exp(k * step) : from + k * step;
        if (n == 0 || (x > fine[n - 1] && x < to)) {
          fine[n++] = x;
        }
      }
    }
    fine[n++] = points[points.length - 1];
    return Arrays.copyOf(fine, n);
  }
}
