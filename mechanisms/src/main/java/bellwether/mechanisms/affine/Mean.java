package bellwether.mechanisms.affine;

import java.util.function.IntToDoubleFunction;

/**
 * A mean over combinations.
 *
 * @param value the mean
 * @param standardError of the mean; 0 where it is over all combinations
 */
public record Mean(double value, double standardError) {
  static Mean of(Combinations combinations, IntToDoubleFunction f) {
    double mean = 0;
    for (int c = 0; c < combinations.count(); c++) {
      mean += combinations.weight(c) * f.applyAsDouble(c);
    }
    if (combinations.exact()) {
      return new Mean(mean, 0);
    }
    double squares = 0;
    for (int c = 0; c < combinations.count(); c++) {
      double from = f.applyAsDouble(c) - mean;
      squares += combinations.weight(c) * from * from;
    }
    double draws = combinations.draws();
    return new Mean(mean, draws > 1 ? Math.sqrt(squares / (draws - 1)) : Double.NaN);
  }
}
