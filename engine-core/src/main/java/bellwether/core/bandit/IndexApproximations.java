package bellwether.core.bandit;

import bellwether.core.distribution.StandardNormal;
import org.apache.commons.numbers.gamma.RegularizedBeta;

/**
 * Approximations of Gittins indices that people quote. None has a guaranteed error; two of them are
 * bounds. {@link BetaBernoulliIndex} and {@link NormalIndex} are the indices themselves.
 *
 * <p>Discounts d are in (0, 1). Normal indices are g(n, d) for mean 0 and noise 1: an arm's is mean
 * + noiseSd g. All cost O(1), but for {@link #optimistic}, whose K pulls ahead cost K^2 cells.
 */
public final class IndexApproximations {
  private static final int MOST_STEPS = 200;

  /**
   * Chernoff's (1961) correction for steps of one pull in a Brownian motion, -zeta(1/2)/sqrt(2 pi).
   */
  private static final double CHERNOFF = 0.583;

  private IndexApproximations() {}

  /**
   * The index of an arm that teaches something by its next pull only, a lower bound (knowledge
   * gradient index, Edwards, Fearnhead and Glazebrook 2017): mu (1 + k a'/A') / (1 + k mu) with k =
   * d / (1 - d) and a' / A' the mean after a success.
   *
   * @throws IllegalArgumentException when the discount is out of range
   */
  public static double knowledgeGradient(BetaBernoulliArm arm, double discount) {
    double k = ahead(discount);
    double counts = arm.alpha() + arm.beta();
    double mean = arm.alpha() / counts;
    double success = (arm.alpha() + 1) / (counts + 1);
    return mean * (1 + k * success) / (1 + k * mean);
  }

  /**
   * The index of an arm whose success probability is known after its next pull, an upper bound
   * (GI+, Edwards, Fearnhead and Glazebrook 2017): the root of mu - g + d / (1 - d) E(theta - g)+ =
   * 0.
   *
   * @throws IllegalArgumentException when the discount is out of range
   */
  public static double revealed(BetaBernoulliArm arm, double discount) {
    double k = ahead(discount);
    double a = arm.alpha();
    double b = arm.beta();
    double mean = a / (a + b);
    double charge = mean;
    for (int step = 0; step < MOST_STEPS && charge < 1; step++) {
      double above = RegularizedBeta.complement(charge, a, b);
      double gain = mean * RegularizedBeta.complement(charge, a + 1, b) - charge * above;
      double rise = (mean - charge + k * gain) / (1 + k * above);
      charge += rise;
      if (!(rise > 1e-16)) {
        break;
      }
    }
    return Math.min(1, charge);
  }

  /**
   * The optimistic index with K pulls ahead, an upper bound that falls with K to the index (Gutin
   * and Farias 2016): the success probability is known after K pulls; K = 1 is {@link #revealed}.
   *
   * @param pulls K, 1 to 10000
   * @throws IllegalArgumentException when an argument is out of range
   */
  public static double optimistic(BetaBernoulliArm arm, double discount, int pulls) {
    double k = ahead(discount);
    if (pulls < 1 || pulls > 10_000) {
      throw new IllegalArgumentException("pulls must be 1 to 10000: " + pulls);
    }
    double a = arm.alpha();
    double b = arm.beta();
    double charge = a / (a + b);
    double[] value = new double[pulls + 1];
    double[] time = new double[pulls + 1];
    for (int step = 0; step < MOST_STEPS && charge < 1; step++) {
      for (int i = 0; i <= pulls; i++) {
        double alpha = a + i;
        double beta = b + pulls - i;
        double above = RegularizedBeta.complement(charge, alpha, beta);
        double mean = alpha / (alpha + beta);
        double gain = mean * RegularizedBeta.complement(charge, alpha + 1, beta) - charge * above;
        // The reveal is worth k E(theta - g)+ at the last pull: undo the discount that follows.
        value[i] = k / discount * Math.max(0, gain);
        time[i] = k / discount * above;
      }
      double c = 0;
      double e = 1;
      for (int t = pulls - 1; t >= 0; t--) {
        for (int i = 0; i <= t; i++) {
          double mean = (a + i) / (a + b + t);
          c = mean - charge + discount * (mean * value[i + 1] + (1 - mean) * value[i]);
          e = 1 + discount * (mean * time[i + 1] + (1 - mean) * time[i]);
          boolean on = c > 0;
          value[i] = on ? c : 0;
          time[i] = on ? e : 0;
        }
      }
      charge += c / e;
      if (!(c / e > 1e-16)) {
        break;
      }
    }
    return Math.min(1, charge);
  }

  /**
   * As {@link #knowledgeGradient(BetaBernoulliArm, double)}: the root g of g = d / (1 - d) s E(Z -
   * g / s)+ with s = 1 / sqrt(n (n + 1)), the spread of the next posterior mean.
   *
   * @param observations n, at least 1
   * @throws IllegalArgumentException when an argument is out of range
   */
  public static double knowledgeGradient(double observations, double discount) {
    check(observations);
    return oneStep(1 / Math.sqrt(observations * (observations + 1)), ahead(discount));
  }

  /**
   * As {@link #revealed(BetaBernoulliArm, double)}: the same with s = 1 / sqrt(n), the spread of
   * the mean itself.
   *
   * @throws IllegalArgumentException when an argument is out of range
   */
  public static double revealed(double observations, double discount) {
    check(observations);
    return oneStep(1 / Math.sqrt(observations), ahead(discount));
  }

  /** The root of g = k s E(Z - g/s)+, by Newton's method on a convex decreasing function. */
  private static double oneStep(double sd, double k) {
    double z = 0;
    for (int step = 0; step < MOST_STEPS; step++) {
      double rise = (k * StandardNormal.shortfall(z) - z) / (1 + k * StandardNormal.upperTail(z));
      z += rise;
      if (!(rise > 1e-16 * z)) {
        break;
      }
    }
    return z * sd;
  }

  /**
   * Brezzi and Lai (2002): g = psi(s) / sqrt(n), s = 1 / (n ln(1/d)), psi a fit in five pieces.
   * Wrong by -49% to +44% at d = 0.9 to 0.99 and n up to 1000.
   *
   * @throws IllegalArgumentException when an argument is out of range
   */
  public static double brezziLai(double observations, double discount) {
    check(observations);
    ahead(discount);
    double s = 1 / (observations * -StrictMath.log(discount));
    double root = Math.sqrt(s);
    double psi;
    if (s <= 0.2) {
      psi = Math.sqrt(0.5 * s);
    } else if (s <= 1) {
      psi = 0.49 - 0.11 / root;
    } else if (s <= 5) {
      psi = 0.63 - 0.26 / root;
    } else if (s <= 15) {
      psi = 0.77 - 0.58 / root;
    } else {
      psi = Math.sqrt(far(s));
    }
    return psi / Math.sqrt(observations);
  }

  /**
   * Chick and Gans (2009): g = sqrt(ln(1/d)) b(s), s = 1 / (n ln(1/d)), b a fit to Brownian motion
   * in three pieces. Too high by 9% to 74% at d = 0.9 to 0.99 and n up to 1000, as pulls come one
   * by one.
   *
   * @throws IllegalArgumentException when an argument is out of range
   */
  public static double chickGans(double observations, double discount) {
    check(observations);
    ahead(discount);
    double rate = -StrictMath.log(discount);
    double s = 1 / (observations * rate);
    double log = StrictMath.log(s);
    double b;
    if (s <= 1 / 7.0) {
      b = s / Math.sqrt(2);
    } else if (s <= 100) {
      b = StrictMath.exp(-0.02645 * log * log + 0.89106 * log - 0.4873);
    } else {
      b = Math.sqrt(s * far(s));
    }
    return Math.sqrt(rate) * b;
  }

  /**
   * {@link #chickGans} less 0.583 / sqrt(n (n + 1)), Chernoff's (1961) correction for discrete
   * pulls: within -0.3% and +8% at d = 0.99, +15% at 0.95, +18% at 0.9, worst for n = 1.
   *
   * @throws IllegalArgumentException when an argument is out of range
   */
  public static double chickGansCorrected(double observations, double discount) {
    return chickGans(observations, discount)
        - CHERNOFF / Math.sqrt(observations * (observations + 1));
  }

  /** psi^2 far from the end: 2 ln s - ln ln s - ln 16 pi. */
  private static double far(double s) {
    double log = StrictMath.log(s);
    return 2 * log - StrictMath.log(log) - StrictMath.log(16 * StrictMath.PI);
  }

  /** d / (1 - d): the weight of all that follows a pull. */
  private static double ahead(double discount) {
    if (!(discount > 0 && discount < 1)) {
      throw new IllegalArgumentException("discount must be in (0, 1): " + discount);
    }
    return discount / (1 - discount);
  }

  private static void check(double observations) {
    if (!(observations > 0 && observations < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "observations must be positive and finite: " + observations);
    }
  }
}
