package bellwether.core.stopping;

import bellwether.core.kernel.Kernels;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * When to exercise: at a date, where the payoff is positive and at least the polynomial that stands
 * for the value of going on. Where there is none, one goes on; at maturity one exercises.
 */
final class ExercisePolicy {
  private final OptionModel model;
  private final PolynomialBasis basis;
  private final double[] mean;
  private final double[] deviation;
  private final double[] @Nullable [] coefficients;

  ExercisePolicy(OptionModel model, PolynomialBasis basis) {
    this.model = model;
    this.basis = basis;
    mean = new double[model.dates() + 1];
    deviation = new double[model.dates() + 1];
    for (int k = 1; k <= model.dates(); k++) {
      mean[k] = model.mean(k);
      deviation[k] = model.deviation(k);
    }
    coefficients = new double[model.dates() + 1][];
  }

  PolynomialBasis basis() {
    return basis;
  }

  void set(int date, double @Nullable [] values) {
    coefficients[date] = values;
  }

  /** Whether any path might be exercised at a date. */
  boolean active(int date) {
    return date == model.dates() || coefficients[date] != null;
  }

  /** The polynomials of the paths that are gathered in the work space. */
  void functions(int date, PathWork work, int count) {
    basis.evaluate(work.gathered, count, work.stride, mean[date], deviation[date], work.rows);
  }

  /**
   * work.goesOn = the value of going on, of the gathered paths, whose functions are in the rows.
   */
  void goesOn(int date, PathWork work, int count, Kernels kernels) {
    double[] weights = coefficients[date];
    if (weights == null) {
      throw new IllegalStateException("no coefficients at date " + date);
    }
    Arrays.fill(work.goesOn, 0, count, 0);
    kernels
        .dense()
        .combine(basis.size(), work.rows, 0, work.stride, weights, 0, work.goesOn, 0, count);
  }
}
