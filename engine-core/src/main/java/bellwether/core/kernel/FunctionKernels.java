package bellwether.core.kernel;

/**
 * Elementary functions of whole arrays, each element by the function of {@link Elementary} of that
 * name. Regions that are read and those that are written are apart.
 */
public interface FunctionKernels {

  /** y[i] = exp(x[i]), less than 1 ulp off. */
  void exp(double[] x, int xOffset, double[] y, int yOffset, int length);

  /** y[i] = ln(x[i]), less than 1 ulp off. */
  void log(double[] x, int xOffset, double[] y, int yOffset, int length);

  /** sine[i] = sin(x[i]) and cosine[i] = cos(x[i]), less than 1 ulp off. */
  void sinCos(
      double[] x,
      int xOffset,
      double[] sine,
      int sineOffset,
      double[] cosine,
      int cosineOffset,
      int length);

  /** z[i] = the standard normal quantile at p[i], less than 4 ulp off. */
  void inverseNormal(double[] p, int pOffset, double[] z, int zOffset, int length);
}
