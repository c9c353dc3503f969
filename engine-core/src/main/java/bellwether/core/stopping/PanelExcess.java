package bellwether.core.stopping;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * What stopping pays above going on, (payoff - continuation)+, on the panels of one line, and the
 * points where it begins or ends. One for each thread.
 */
final class PanelExcess {
  /** Stopping must be better by more than rounding: over stretches the two may be equal. */
  private static final double ROUNDING = 1e-12;

  private final GaussianPanels panels;
  private final int order;
  private final double[] coefficients;
  private final double[] work;
  private final double[] paid;
  private double[] cuts = new double[8];
  private int cutCount;
  private double[] crossings = new double[8];
  private int crossingCount;

  PanelExcess(GaussianPanels panels) {
    this.panels = panels;
    order = panels.order();
    coefficients = new double[order];
    work = new double[2 * order];
    paid = new double[order];
  }

  /**
   * Finds (payoff - continuation)+; where it has kinks inside a panel, its projection.
   *
   * @param payoff smooth between its kinks
   * @param kinks of the payoff, increasing
   * @param from where panel 0 begins
   * @param continuation values at the nodes of {@code count} panels, from {@code offset} on
   * @param excess what is found, at the same places
   */
  void find(
      DoubleUnaryOperator payoff,
      double[] kinks,
      double from,
      double[] continuation,
      int offset,
      int count,
      double[] excess) {
    crossingCount = 0;
    double width = panels.width();
    int kink = 0;
    boolean before = false;
    for (int p = 0; p < count; p++) {
      double start = from + p * width;
      int at = offset + p * order;
      panels.coefficients(continuation, at, coefficients);
      cutCount = 0;
      while (kink < kinks.length && kinks[kink] <= start) {
        kink++;
      }
      for (int k = kink; k < kinks.length && kinks[k] < start + width; k++) {
        cut(2 * (kinks[k] - start) / width - 1);
      }
      boolean stops = stops(payoff.applyAsDouble(start), panels.value(coefficients, -1));
      if (p > 0 && stops != before) {
        // Rounding at the common end of two panels.
        cross(start);
      }
      boolean any = stops;
      double last = -1;
      for (int i = 0; i <= order; i++) {
        double z = i == order ? 1 : panels.node(i);
        double y = start + width * (1 + z) / 2;
        double pays = payoff.applyAsDouble(y);
        boolean now;
        if (i < order) {
          paid[i] = pays;
          now = stops(pays, continuation[at + i]);
        } else {
          now = stops(pays, panels.value(coefficients, 1));
        }
        if (now != stops) {
          double root = root(payoff, start, last, z, stops);
          cut(root);
          cross(start + width * (1 + root) / 2);
          any = true;
        }
        last = z;
        stops = now;
      }
      before = stops;
      if (!any) {
        Arrays.fill(excess, at, at + order, 0);
      } else if (cutCount > 0) {
        Arrays.sort(cuts, 0, cutCount);
        panels.project(z -> local(payoff, start, z), cuts, cutCount, excess, at, work);
      } else {
        for (int i = 0; i < order; i++) {
          excess[at + i] = paid[i] - continuation[at + i];
        }
      }
    }
  }

  private double local(DoubleUnaryOperator payoff, double start, double z) {
    double y = start + panels.width() * (1 + z) / 2;
    double more = payoff.applyAsDouble(y) - panels.value(coefficients, z);
    return more > 0 ? more : 0;
  }

  private static boolean stops(double paid, double goesOn) {
    return paid - goesOn > ROUNDING * Math.abs(paid);
  }

  /** Where stopping begins or ends between two points, by bisection to the last bits. */
  private double root(
      DoubleUnaryOperator payoff, double start, double low, double high, boolean stopsLow) {
    double a = low;
    double b = high;
    while (b - a > 1e-15) {
      double c = (a + b) / 2;
      if (c <= a || c >= b) {
        break;
      }
      double pays = payoff.applyAsDouble(start + panels.width() * (1 + c) / 2);
      if (stops(pays, panels.value(coefficients, c)) == stopsLow) {
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
