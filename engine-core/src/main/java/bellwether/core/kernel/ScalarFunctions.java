package bellwether.core.kernel;

/** The specification of {@link FunctionKernels}. */
final class ScalarFunctions implements FunctionKernels {

  @Override
  public void exp(double[] x, int xOffset, double[] y, int yOffset, int length) {
    for (int i = 0; i < length; i++) {
      y[yOffset + i] = Exponential.of(x[xOffset + i]);
    }
  }

  @Override
  public void log(double[] x, int xOffset, double[] y, int yOffset, int length) {
    for (int i = 0; i < length; i++) {
      y[yOffset + i] = Logarithm.of(x[xOffset + i]);
    }
  }

  @Override
  public void sinCos(
      double[] x,
      int xOffset,
      double[] sine,
      int sineOffset,
      double[] cosine,
      int cosineOffset,
      int length) {
    for (int i = 0; i < length; i++) {
      sine[sineOffset + i] = Circle.sin(x[xOffset + i]);
      cosine[cosineOffset + i] = Circle.cos(x[xOffset + i]);
    }
  }

  @Override
  public void inverseNormal(double[] p, int pOffset, double[] z, int zOffset, int length) {
    for (int i = 0; i < length; i++) {
      z[zOffset + i] = NormalQuantile.of(p[pOffset + i]);
    }
  }
}
