package bellwether.core.stopping;

import java.util.Arrays;

/**
 * The larger of a payoff and a continuation on the panels of one line, with the points where they
 * cross. One for each thread.
 */
final class PanelMaximum {
  private static final double ROUNDING = 1e-12;

  private final GaussianPanels panels;
  private final int order;
  private final double[] coefficients;
  private final double[] work;
  private double[] cuts = new double[8];
  private int cutCount;
  private double[] crossings = new double[8];
  private int crossingCount;

  PanelMaximum(GaussianPanels panels) {
    this.panels = panels;
    order = panels.order();
    coefficients = new double[order];
    work = new double[2 * order];
  }

  /** What stopping pays at a point of the line; smooth between its kinks. */
  @FunctionalInterface
  interface Payoff {
    double at(double y);
  }

  /**
   * Replaces the continuation by the maximum.
   *
   * @param from where panel 0 begins
   * @param value the continuation at the nodes of {@code count} panels, from {@code offset} on;
   *     replaced
   * @param kinks of the payoff, increasing
   */
  void take(Payoff payoff, double[] kinks, double from, double[] value, int offset, int count) {
    crossingCount = 0;
    double width = panels.width();
    int kink = 0;
    boolean before = false;
    for (int p = 0; p < count; p++) {
      double start = from + p * width;
      int at = offset + p * order;
      panels.coefficients(value, at, coefficients);
      cutCount = 0;
      while (kink < kinks.length && kinks[kink] <= start) {
        kink++;
      }
      for (int k = kink; k < kinks.length && kinks[k] < start + width; k++) {
        cut(2 * (kinks[k] - start) / width - 1);
      }
      double last = -1;
      boolean lastStops = stops(payoff, start, -1);
      if (p > 0 && lastStops != before) {
        // Rounding at the common end of two panels.
        cross(start);
      }
      boolean one = lastStops;
      boolean both = false;
      for (int i = 0; i <= order; i++) {
        double z = i == order ? 1 : 2 * (panels.at(start, i) - start) / width - 1;
        boolean now = stops(payoff, start, z);
        if (now != lastStops) {
          double root = root(payoff, start, last, z, lastStops);
          cut(root);
          cross(start + width * (1 + root) / 2);
          both = true;
        }
        last = z;
        lastStops = now;
      }
      before = lastStops;
      if (cutCount > 0 && (both || one)) {
        Arrays.sort(cuts, 0, cutCount);
        panels.project(z -> larger(payoff, start, z), cuts, cutCount, value, at, work);
      } else if (one) {
        for (int i = 0; i < order; i++) {
          value[at + i] = payoff.at(panels.at(start, i));
        }
      }
    }
  }

  private double larger(Payoff payoff, double start, double z) {
    double paid = payoff.at(start + panels.width() * (1 + z) / 2);
    return Math.max(paid, panels.value(coefficients, z));
  }

  /** Whether stopping is better by more than rounding, where the two are equal over stretches. */
  private boolean stops(Payoff payoff, double start, double z) {
    double paid = payoff.at(start + panels.width() * (1 + z) / 2);
    return paid - panels.value(coefficients, z) > ROUNDING * Math.abs(paid);
  }

  /** Where stopping begins or ends between two points, by bisection to the last bit but two. */
  private double root(Payoff payoff, double start, double low, double high, boolean stopsLow) {
    double a = low;
    double b = high;
    while (b - a > 1e-15) {
      double c = (a + b) / 2;
      if (c <= a || c >= b) {
        break;
      }
      if (stops(payoff, start, c) == stopsLow) {
        a = c;
      } else {
        b = c;
      }
    }
    return (a + b) / 2;
  }

  private void cut(double z) {
    if (z > -1 && z < 1) {
      cuts = cutCount == cuts.length ? Arrays.copyOf(cuts, 2 * cutCount) : cuts;
      cuts[cutCount++] = z;
    }
  }

  private void cross(double y) {
    crossings =
        crossingCount == crossings.length ? Arrays.copyOf(crossings, 2 * crossingCount) : crossings;
    crossings[crossingCount++] = y;
  }

  /** How many crossings the last line had. */
  int crossings() {
    return crossingCount;
  }

  /** One of them, in increasing order. */
  double crossing(int k) {
    return crossings[k];
  }
}
