package bellwether.core.distribution;

/**
 * A probability distribution on the line with a finite mean.
 *
 * <p>Implementations are immutable. Everything is a pure function of its argument; NaN gives NaN.
 * Tails are computed as such, not as 1 less the other tail, so that they are accurate relative to
 * themselves.
 */
public sealed interface Distribution
    permits Beta, Discrete, Exponential, Kumaraswamy, Lognormal, Normal, Power, Uniform {

  /** The lower end of the support; may be -infinity. */
  double low();

  /** The upper end of the support; may be infinity. */
  double high();

  /** E X. */
  double mean();

  /** P(X &lt;= x). */
  double cumulative(double x);

  /** P(X &gt; x), accurate relative to itself. */
  double survival(double x);

  /** Whether P(X = x) is 0 everywhere and there is a density. */
  default boolean continuous() {
    return true;
  }

  /**
   * The density at x, which may be infinite at an end of the support.
   *
   * @throws UnsupportedOperationException when the distribution is not {@link #continuous}
   */
  double density(double x);

  /**
   * The inverse hazard rate h(x) = P(X &gt; x) / density(x), relative to itself about as accurate
   * as the density, in the upper tail too, where both may be too small for a double. Infinity where
   * the density is 0 and something lies above x (below the support, for one); 0 at and above the
   * upper end.
   *
   * @throws UnsupportedOperationException when the distribution is not {@link #continuous}
   */
  default double inverseHazard(double x) {
    double above = survival(x);
    return above == 0 ? 0 : above / density(x);
  }

  /**
   * The slope of the logarithm of the density, f'(x) / f(x), inside the support.
   *
   * @throws UnsupportedOperationException when the distribution is not {@link #continuous}
   */
  double logDensitySlope(double x);

  /**
   * The slope of the inverse hazard rate, h'(x) = -1 - h(x) f'(x) / f(x), within a few ulps of the
   * larger of the two terms; the hazard rate rises where it is negative.
   *
   * @param x inside the support
   * @throws UnsupportedOperationException when the distribution is not {@link #continuous}
   */
  default double inverseHazardSlope(double x) {
    return -1 - inverseHazard(x) * logDensitySlope(x);
  }

  /**
   * The least x with P(X &lt;= x) &gt;= p.
   *
   * @param p in [0, 1]
   * @throws IllegalArgumentException when it is not
   */
  double quantile(double p);

  /**
   * The least x with P(X &gt; x) &lt;= q, accurate for small q.
   *
   * @param q in [0, 1]
   * @throws IllegalArgumentException when it is not
   */
  double upperQuantile(double q);

  /**
   * E (X - a)+, the expected excess over {@code a}: convex, decreasing with slope -P(X &gt; a),
   * accurate relative to itself in the upper tail (a few ulps times the depth of the tail).
   */
  double excess(double a);
}
