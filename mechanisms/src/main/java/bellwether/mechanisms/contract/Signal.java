package bellwether.mechanisms.contract;

import bellwether.core.distribution.Discrete;
import bellwether.core.distribution.Distribution;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What a buyer learns over time: the process of B_t, t = 1, 2, ..., independent of the initial type
 * and of what is bought.
 */
public sealed interface Signal {

  /** The most states of a {@link Markov} signal. */
  int MOST_STATES = 2_000;

  /**
   * The discounted occupation measure.
   *
   * @param discount in [0, 1), or 1 with a horizon
   * @param horizon periods 1..horizon, or 0 for no end
   * @throws IllegalArgumentException when they are not so, or the horizon of a path is not its
   *     length
   */
  Occupation occupation(double discount, long horizon);

  /**
   * B_t = value.
   *
   * @param value finite
   */
  record Constant(double value) implements Signal {
    /** Checks that the value is finite. */
    public Constant {
      Arguments.finite("value", value);
    }

    @Override
    public Occupation occupation(double discount, long horizon) {
      Arguments.discount(discount, horizon);
      return FiniteOccupation.of(
          new double[] {value}, new double[] {Periods.mass(discount, horizon)});
    }
  }

  /** B_t = values[t - 1], known to all from the beginning. */
  final class Path implements Signal {
    private final double[] values;

    /**
     * A path.
     *
     * @param values finite, at least one
     * @throws IllegalArgumentException when they are not so
     */
    public Path(double... values) {
      Arguments.finite("values", values);
      this.values = values.clone();
    }

    @Override
    public Occupation occupation(double discount, long horizon) {
      Arguments.discount(discount, horizon);
      if (horizon != values.length) {
        throw new IllegalArgumentException(
            "horizon must be the length of the path, " + values.length + ": " + horizon);
      }
      double[] weights = new double[values.length];
      for (int t = 0; t < weights.length; t++) {
        weights[t] = StrictMath.pow(discount, t + 1);
      }
      return FiniteOccupation.of(values, weights);
    }
  }

  /** B_1, B_2, ... independent, with one law. */
  record Independent(Distribution distribution) implements Signal {
    @Override
    public Occupation occupation(double discount, long horizon) {
      Arguments.discount(discount, horizon);
      double mass = Periods.mass(discount, horizon);
      if (!(distribution instanceof Discrete discrete)) {
        return new IndependentOccupation(mass, distribution);
      }
      double[] values = new double[discrete.size()];
      double[] weights = new double[discrete.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = discrete.value(i);
        weights[i] = mass * discrete.probability(i);
      }
      return FiniteOccupation.of(values, weights);
    }
  }

  /** B_t = values[state at t], the state a Markov chain. */
  final class Markov implements Signal {
    private final double[] values;
    private final double[] initial;
    private final double[] transition;

    /**
     * A chain.
     *
     * @param values finite, one a state, 1 to {@link #MOST_STATES}
     * @param initial law of the state at t = 1
     * @param transition P[s * n + t], rows sum to 1 within 1e-9; what a row leaves is its diagonal
     * @throws IllegalArgumentException when they are not so
     */
    public Markov(double[] values, double[] initial, double[] transition) {
      Arguments.finite("values", values);
      int n = values.length;
      if (n > MOST_STATES) {
        throw new IllegalArgumentException(
            "values must be at most " + MOST_STATES + ", one a state: " + n);
      }
      if (initial.length != n || transition.length != n * n) {
        throw new IllegalArgumentException(
            "initial and transition must have "
                + n
                + " and "
                + n * n
                + " entries: "
                + initial.length
                + ", "
                + transition.length);
      }
      this.values = values.clone();
      this.initial = initial.clone();
      this.transition = transition.clone();
      double sum = Arguments.law("initial", initial, 0, n);
      for (int s = 0; s < n; s++) {
        this.initial[s] /= sum;
        Arguments.law("transition row " + s, transition, s * n, n);
      }
    }

    @Override
    public Occupation occupation(double discount, long horizon) {
      Arguments.discount(discount, horizon);
      double[] visits = Visits.of(initial, transition, discount, horizon);
      // States that are never met are not worth a level.
      int[] met =
          IntStream.range(0, values.length).filter(s -> visits[s] > 0 || discount == 0).toArray();
      return FiniteOccupation.of(
          Arrays.stream(met).mapToDouble(s -> values[s]).toArray(),
          Arrays.stream(met).mapToDouble(s -> visits[s]).toArray());
    }
  }

  /**
   * B_t = mean + sd (Z_1 + ... + Z_t): the posterior mean of a normal learner in innovation form.
   *
   * @param mean finite
   * @param sd above 0
   */
  record GaussianWalk(double mean, double sd) implements Signal {
    /** Checks the parameters. */
    public GaussianWalk {
      Arguments.finite("mean", mean);
      if (!(sd > 0 && sd < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("sd must be finite and above 0: " + sd);
      }
    }

    @Override
    public Occupation occupation(double discount, long horizon) {
      Arguments.discount(discount, horizon);
      Periods periods = Periods.of(discount, horizon);
      double[] sds = Arrays.stream(periods.period()).map(t -> sd * Math.sqrt(t)).toArray();
      return new NormalOccupation(mean, sds, periods.weight(), Periods.mass(discount, horizon));
    }
  }
}
