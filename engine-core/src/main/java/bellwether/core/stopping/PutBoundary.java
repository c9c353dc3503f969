package bellwether.core.stopping;

import bellwether.core.distribution.StandardNormal;
import bellwether.core.parallel.Workers;
import bellwether.core.quadrature.AdaptiveIntegral;
import bellwether.core.quadrature.GaussLegendre;
import org.jspecify.annotations.Nullable;

/**
 * The exercise boundary of an American put of strike 1, as ln(B / X)^2 on Chebyshev nodes in the
 * square root of the time left, where X = min(1, rate / dividend) is the boundary at maturity
 * (Andersen, Lake and Offengenden 2016, section 5).
 */
final class PutBoundary {
  private static final int MOST_ROUNDS = 400;
  private static final double ENOUGH = 1e-14;

  private final double rate;
  private final double dividend;
  private final double volatility;
  private final double start;
  private final double rootMaturity;
  private final int nodes;

  /** Times left at the nodes; node 0 is maturity itself. */
  private final double[] left;

  private final double[] boundary;
  private final double[] coefficients;
  private final double[] sine;
  private final double[] cosine;

  /** Weights of the rule in the angle, times d sin^2. */
  private final double[] angle;

  private PutBoundary(Market market, double maturity, int nodes) {
    rate = market.rate();
    dividend = market.dividend();
    volatility = market.volatility();
    start = dividend > rate ? rate / dividend : 1;
    rootMaturity = Math.sqrt(maturity);
    this.nodes = nodes;
    left = new double[nodes + 1];
    boundary = new double[nodes + 1];
    coefficients = new double[nodes + 1];
    for (int i = 0; i <= nodes; i++) {
      double root = rootMaturity / 2 * (1 - StrictMath.cos(i * StrictMath.PI / nodes));
      left[i] = root * root;
    }
    GaussLegendre rule = GaussLegendre.of(2 * nodes);
    sine = new double[2 * nodes];
    cosine = new double[2 * nodes];
    angle = new double[2 * nodes];
    for (int j = 0; j < sine.length; j++) {
      double theta = StrictMath.PI / 4 * (1 + rule.nodes()[j]);
      sine[j] = StrictMath.sin(theta);
      cosine[j] = StrictMath.cos(theta);
      angle[j] = rule.weights()[j] * StrictMath.PI / 2 * sine[j] * cosine[j];
    }
  }

  /** The boundary for {@code nodes} nodes; null when the iteration does not settle. */
  static @Nullable PutBoundary solve(Market market, double maturity, int nodes) {
    // Map A converges faster where it converges at all; close to rate = dividend B is safer.
    for (boolean derivative : new boolean[] {true, false}) {
      PutBoundary found = new PutBoundary(market, maturity, nodes);
      if (found.iterate(derivative)) {
        return found;
      }
    }
    return null;
  }

  private boolean iterate(boolean derivative) {
    guess();
    double[] next = new double[nodes + 1];
    double last = Double.POSITIVE_INFINITY;
    double damping = 1;
    for (int round = 0; round < MOST_ROUNDS; round++) {
      Workers.checkInterrupted();
      interpolate();
      double change = 0;
      for (int i = 1; i <= nodes; i++) {
        double mapped = map(left[i], boundary[i], derivative);
        if (!(mapped > 0 && mapped < Double.POSITIVE_INFINITY)) {
          return false;
        }
        next[i] = Math.min(start, boundary[i] + damping * (mapped - boundary[i]));
        change = Math.max(change, Math.abs(next[i] - boundary[i]) / boundary[i]);
      }
      System.arraycopy(next, 1, boundary, 1, nodes);
      if (change <= ENOUGH || (change <= 1e-12 && change >= last)) {
        interpolate();
        return true;
      }
      if (change > last && round > 3) {
        damping = Math.max(0.1, damping * 0.7);
      }
      last = change;
    }
    return false;
  }

  /** Between its two limits as Bjerksund and Stensland (2002) would have it. */
  private void guess() {
    boundary[0] = start;
    double end = rate > 0 ? perpetual() : start / 2;
    for (int i = 1; i <= nodes; i++) {
      double slow = (rate - dividend) * left[i] - 2 * volatility * Math.sqrt(left[i]);
      double share = StrictMath.exp(Math.min(0, slow / (1 - Math.min(end, 0.99))));
      boundary[i] = end + (start - end) * share;
    }
  }

  private double perpetual() {
    return PerpetualOption.put(1, 1, rate, dividend, volatility).exerciseBoundary();
  }

  /** Chebyshev coefficients of ln(B / X)^2 in z = 2 sqrt(left / maturity) - 1. */
  private void interpolate() {
    for (int k = 0; k <= nodes; k++) {
      double sum = 0;
      for (int i = 0; i <= nodes; i++) {
        double logarithm = StrictMath.log(boundary[i] / start);
        double share = i == 0 || i == nodes ? 0.5 : 1;
        // Node i stands at z = -cos(i pi / nodes).
        double wave =
            StrictMath.cos((double) (nodes - i) * k % (2 * nodes) * StrictMath.PI / nodes);
        sum += share * logarithm * logarithm * wave;
      }
      coefficients[k] = 2 * sum / nodes;
    }
    coefficients[0] /= 2;
    coefficients[nodes] /= 2;
  }

  /** B with so much time left. */
  double at(double time) {
    double z = Math.min(1, Math.max(-1, 2 * Math.sqrt(time) / rootMaturity - 1));
    double next = 0;
    double afterNext = 0;
    for (int k = nodes; k >= 1; k--) {
      double now = coefficients[k] + 2 * z * next - afterNext;
      afterNext = next;
      next = now;
    }
    double square = coefficients[0] + z * next - afterNext;
    return start * StrictMath.exp(-Math.sqrt(Math.max(0, square)));
  }

  /** d+ of a price ratio with so much time left. */
  private double dPlus(double time, double ratio) {
    double root = volatility * Math.sqrt(time);
    return (StrictMath.log(ratio) + (rate - dividend) * time) / root + root / 2;
  }

  /** The right side of the fixed-point equation, A (its derivative form) or B. */
  private double map(double time, double price, boolean derivative) {
    double root = volatility * Math.sqrt(time);
    double plus = dPlus(time, price);
    double minus = plus - root;
    double top = derivative ? StandardNormal.density(minus) / root : cumulative(minus);
    double bottom = cumulative(plus) + (derivative ? StandardNormal.density(plus) / root : 0);
    // u = time sin^2: both the root of what is left and that of u, which B knows, are smooth.
    for (int j = 0; j < sine.length; j++) {
      double rest = time * cosine[j] * cosine[j];
      double u = time * sine[j] * sine[j];
      double step = volatility * Math.sqrt(rest);
      double p = dPlus(rest, price / at(u));
      double m = p - step;
      double weight = angle[j] * time;
      double atRate = rate * StrictMath.exp(rate * u);
      double atDividend = dividend * StrictMath.exp(dividend * u);
      if (derivative) {
        top += weight * atRate * StandardNormal.density(m) / step;
        bottom += weight * atDividend * (cumulative(p) + StandardNormal.density(p) / step);
      } else {
        top += weight * atRate * cumulative(m);
        bottom += weight * atDividend * cumulative(p);
      }
    }
    return StrictMath.exp(-(rate - dividend) * time) * top / bottom;
  }

  private static double cumulative(double x) {
    return StandardNormal.upperTail(-x);
  }

  /** The value of being able to exercise before maturity, above the boundary (Kim 1990). */
  double premium(double spot, double maturity) {
    return AdaptiveIntegral.of(
        theta -> {
          double sin = StrictMath.sin(theta);
          double cos = StrictMath.cos(theta);
          double rest = maturity * cos * cos;
          double p = dPlus(rest, spot / at(maturity * sin * sin));
          double m = p - volatility * Math.sqrt(rest);
          double interest = rate * StrictMath.exp(-rate * rest) * cumulative(-m);
          double yield = dividend * spot * StrictMath.exp(-dividend * rest) * cumulative(-p);
          return 2 * maturity * sin * cos * (interest - yield);
        },
        0,
        StrictMath.PI / 2,
        1e-13);
  }
}
