package bellwether.core.kernel;

/**
 * Elementary functions with the same bits on every machine, cold or compiled, which {@link Math}'s
 * do not promise. They are the specification of {@link FunctionKernels}.
 *
 * <p>Polynomials are minimax fits (Remez) evaluated by Horner's rule with fused multiply-adds.
 * Accuracies are those of the worst of a quarter of a million arguments over the whole domain,
 * subnormal numbers included, against 60 digits.
 */
public final class Elementary {
  /** 1.5 * 2^52: adding it rounds to the nearest integer, which stands in the lowest bits then. */
  public static final double SHIFT = 0x1.8p52;

  private Elementary() {}

  /** e^x, less than 1 ulp off (0.83). */
  public static double exp(double x) {
    return Exponential.of(x);
  }

  /** ln x, less than 1 ulp off (0.77); NaN below 0, minus infinity at both zeros. */
  public static double log(double x) {
    return Logarithm.of(x);
  }

  /** sin x, less than 1 ulp off (0.75), for all finite x; NaN for others. */
  public static double sin(double x) {
    return Circle.sin(x);
  }

  /** cos x, less than 1 ulp off (0.74), for all finite x; NaN for others. */
  public static double cos(double x) {
    return Circle.cos(x);
  }

  /**
   * The standard normal quantile: the z with Phi(z) = p, less than 4 ulp off (2.7). Infinite at 0
   * and 1, NaN outside of [0, 1].
   */
  public static double inverseNormal(double p) {
    return NormalQuantile.of(p);
  }
}
