package bellwether.mechanisms.simulation;

/** Means and sums of squares of several numbers, merged by Chan, Golub and LeVeque (1979). */
final class Moments {
  private long count;
  private final double[] mean;
  private final double[] squares;

  Moments(int numbers) {
    mean = new double[numbers];
    squares = new double[numbers];
  }

  void add(double[] values) {
    count++;
    for (int k = 0; k < mean.length; k++) {
      double change = values[k] - mean[k];
      mean[k] += change / count;
      squares[k] += change * (values[k] - mean[k]);
    }
  }

  void merge(Moments more) {
    long total = count + more.count;
    if (total == 0) {
      return;
    }
    double weight = (double) more.count / total;
    for (int k = 0; k < mean.length; k++) {
      double change = more.mean[k] - mean[k];
      squares[k] += more.squares[k] + change * change * count * weight;
      mean[k] += change * weight;
    }
    count = total;
  }

  Estimate estimate(int k) {
    double error = count > 1 ? Math.sqrt(squares[k] / (count - 1.0) / count) : Double.NaN;
    return new Estimate(mean[k], error);
  }
}
