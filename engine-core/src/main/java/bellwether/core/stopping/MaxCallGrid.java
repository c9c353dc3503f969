package bellwether.core.stopping;

import bellwether.core.parallel.Workers;
import java.util.Arrays;

/**
 * The panels of one run of {@link BermudanMaxCall}, with strike 1.
 *
 * <p>With x_1, x_2 the logarithms without their drift, u = (x_1 - x_2) / sqrt 2 and v = (x_1 + x_2)
 * / sqrt 2 are independent Brownian motions, and the problem is even in u. One exercises where x_1
 * &gt;= b(x_2) with 0 &lt;= b' &lt; 1, which in u and v is a curve of slope -(1 + b') / (1 - b'),
 * at least as steep as 45 degrees. So the excess of the payoff over the continuation, which has its
 * kink on the curve, is found on lines of fixed v; its mean over the next u is then a smooth
 * function of v, and panels along v need no splitting.
 */
final class MaxCallGrid {
  private static final double ROOT_HALF = Math.sqrt(0.5);
  private static final double[] NO_KINKS = {};

  private final Market market;
  private final int dates;
  private final double step;
  private final double discount;
  private final GaussianPanels panels;
  private final int order;

  /** Panels of u from 0 on, and twice as many of v from {@code low} on. */
  private final int columns;

  private final int lines;
  private final double low;

  MaxCallGrid(Market market, double maturity, int dates, double width, int order) {
    this.market = market;
    this.dates = dates;
    this.order = order;
    step = maturity / dates;
    discount = StrictMath.exp(-market.rate() * step);
    double sd = market.volatility() * Math.sqrt(step);
    panels = new GaussianPanels(sd, width, order, 1);
    double reach =
        GaussianPanels.REACH * market.volatility() * Math.sqrt(maturity)
            + market.volatility() * market.volatility() * maturity;
    columns = (int) Math.ceil(reach / panels.width());
    lines = 2 * columns;
    low = center() - columns * panels.width();
  }

  /** Nodes in all. */
  double size() {
    return (double) lines * columns * order * order;
  }

  private double center() {
    return StrictMath.log(market.spot()) / ROOT_HALF;
  }

  /** The value of going on at the first date. */
  double solve(Workers workers) {
    int us = columns * order;
    int vs = lines * order;
    // Lines of fixed v: value[v * us + u].
    double[] value = new double[us * vs];
    double[] other = new double[us * vs];
    for (int k = dates; k >= 1; k--) {
      double[] now = value;
      double[] spare = other;
      double shift = market.drift() * (step * k);
      if (k == dates) {
        workers.forEach(columns, p -> payoff(spare, p, shift));
        workers.forEach(lines, p -> transpose(spare, now, p));
        continue;
      }
      workers.forEach(lines, p -> meanAlongV(now, spare, p));
      workers.forEach(lines, p -> meanAlongU(spare, now, p));
      workers.forEach(lines, p -> exercise(now, p, shift));
    }
    return mean(value);
  }

  /** The payoff, if it is above 0, on the lines of one panel of u: target[u * vs + v]. */
  private void payoff(double[] target, int panel, double shift) {
    PanelExcess finder = new PanelExcess(panels);
    int vs = lines * order;
    double[] nothing = new double[vs];
    double[] excess = new double[vs];
    for (int i = 0; i < order; i++) {
      double u = panels.at(panel * panels.width(), i);
      finder.find(
          v -> StrictMath.exp(ROOT_HALF * (v + u) + shift) - 1,
          NO_KINKS,
          low,
          nothing,
          0,
          lines,
          excess);
      System.arraycopy(excess, 0, target, (panel * order + i) * vs, vs);
    }
  }

  /** From lines of fixed u to those of one panel of v. */
  private void transpose(double[] source, double[] target, int panel) {
    int us = columns * order;
    int vs = lines * order;
    for (int v = panel * order; v < (panel + 1) * order; v++) {
      for (int u = 0; u < us; u++) {
        target[v * us + u] = source[u * vs + v];
      }
    }
  }

  /** Adds the excess of the payoff to the continuation, on the lines of one panel of v. */
  private void exercise(double[] value, int panel, double shift) {
    PanelExcess finder = new PanelExcess(panels);
    int us = columns * order;
    double[] excess = new double[us];
    double[] line = new double[us];
    for (int i = 0; i < order; i++) {
      double v = panels.at(low + panel * panels.width(), i);
      int at = (panel * order + i) * us;
      System.arraycopy(value, at, line, 0, us);
      finder.find(
          u -> StrictMath.exp(ROOT_HALF * (v + u) + shift) - 1,
          NO_KINKS,
          0,
          line,
          0,
          columns,
          excess);
      for (int k = 0; k < us; k++) {
        value[at + k] += excess[k];
      }
    }
  }

  /** target = the mean of source over the next v, on the lines of one panel of v. */
  private void meanAlongV(double[] source, double[] target, int panel) {
    int us = columns * order;
    int radius = panels.radius();
    int first = Math.max(0, panel - radius);
    int last = Math.min(lines - 1, panel + radius);
    for (int i = 0; i < order; i++) {
      int to = (panel * order + i) * us;
      Arrays.fill(target, to, to + us, 0);
      for (int q = first; q <= last; q++) {
        double[] block = panels.block(q - panel);
        for (int j = 0; j < order; j += 2) {
          int from = (q * order + j) * us;
          double a = block[j * order + i];
          double b = block[(j + 1) * order + i];
          for (int k = 0; k < us; k++) {
            double sum = Math.fma(a, source[from + k], target[to + k]);
            target[to + k] = Math.fma(b, source[from + us + k], sum);
          }
        }
      }
    }
  }

  /** target = the discounted mean of source over the next u, of an even function. */
  private void meanAlongU(double[] source, double[] target, int panel) {
    int us = columns * order;
    int radius = panels.radius();
    double[] sum = new double[order];
    for (int i = 0; i < order; i++) {
      int line = (panel * order + i) * us;
      for (int p = 0; p < columns; p++) {
        Arrays.fill(sum, 0);
        int last = Math.min(columns - 1, p + radius);
        for (int q = p - radius; q <= last; q++) {
          // The panels left of 0 are the mirror images of those to its right.
          int from = q < 0 ? line - q * order - 1 : line + q * order;
          int direction = q < 0 ? -1 : 1;
          if (q < -columns) {
            continue;
          }
          double[] block = panels.block(q - p);
          for (int j = 0; j < order; j++) {
            double v = source[from + direction * j];
            for (int k = 0; k < order; k++) {
              sum[k] = Math.fma(v, block[j * order + k], sum[k]);
            }
          }
        }
        for (int k = 0; k < order; k++) {
          target[line + p * order + k] = discount * sum[k];
        }
      }
    }
  }

  /** The discounted mean from u = 0 and the spot price. */
  private double mean(double[] value) {
    int us = columns * order;
    double center = center();
    double sum = 0;
    for (int p = 0; p < lines; p++) {
      double from = low + p * panels.width();
      for (int i = 0; i < order; i++) {
        double line = 0;
        for (int q = 0; q < columns; q++) {
          double start = q * panels.width();
          for (int j = 0; j < order; j++) {
            double weight = 2 * panels.weight(start, j, 0);
            line = Math.fma(weight, value[(p * order + i) * us + q * order + j], line);
          }
        }
        sum = Math.fma(panels.weight(from, i, center), line, sum);
      }
    }
    return discount * sum;
  }
}
