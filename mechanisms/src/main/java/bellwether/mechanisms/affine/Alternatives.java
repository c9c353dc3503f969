package bellwether.mechanisms.affine;

/**
 * What an agent may privately be: alternative tables of values, one of which is drawn before the
 * first period and known to the agent alone. Immutable.
 */
public final class Alternatives {
  /** How far from 1 the sum of the probabilities may be. */
  public static final double SUM_TOLERANCE = 1e-9;

  private final double[][] value;
  private final double[] probability;
  private final int actions;
  private final int types;

  private Alternatives(double[][] value, double[] probability, int actions, int types) {
    this.value = value;
    this.probability = probability;
    this.actions = actions;
    this.types = types;
  }

  /**
   * Alternatives.
   *
   * @param value {@code value[m][a][t]}: what action a is worth in a period to type t of
   *     alternative m; copied
   * @param probability by alternative; copied, and divided by their sum
   * @throws IllegalArgumentException naming the place, when shapes differ, a value is not finite, a
   *     probability is not in [0, 1], or they do not sum to 1 within 1e-9
   */
  public static Alternatives of(double[][][] value, double... probability) {
    if (value.length < 1) {
      throw new IllegalArgumentException("values must have at least one alternative: 0");
    }
    if (probability.length != value.length) {
      throw new IllegalArgumentException(
          "probabilities must be one for every alternative, "
              + value.length
              + ": "
              + probability.length);
    }
    int actions = value[0].length;
    if (actions < 1) {
      throw new IllegalArgumentException("values[0] must have at least one action: 0");
    }
    int types = value[0][0].length;
    double[][] flat = new double[value.length][actions * types];
    double sum = 0;
    for (int m = 0; m < value.length; m++) {
      if (value[m].length != actions) {
        throw new IllegalArgumentException(
            "values[" + m + "] has " + value[m].length + " actions, expected " + actions);
      }
      for (int a = 0; a < actions; a++) {
        if (value[m][a].length != types) {
          throw new IllegalArgumentException(
              "values[" + m + "][" + a + "] has " + value[m][a].length + " types, not " + types);
        }
        for (int t = 0; t < types; t++) {
          if (!Double.isFinite(value[m][a][t])) {
            throw new IllegalArgumentException(
                "values[" + m + "][" + a + "][" + t + "] must be finite: " + value[m][a][t]);
          }
          flat[m][a * types + t] = value[m][a][t];
        }
      }
      if (!(probability[m] >= 0 && probability[m] <= 1 + SUM_TOLERANCE)) {
        throw new IllegalArgumentException(
            "probabilities[" + m + "] must be a number from 0 to 1: " + probability[m]);
      }
      sum += probability[m];
    }
    if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
      throw new IllegalArgumentException("probabilities must sum to 1 within 1e-9: " + sum);
    }
    double[] law = probability.clone();
    for (int m = 0; m < law.length; m++) {
      law[m] /= sum;
    }
    return new Alternatives(flat, law, actions, types);
  }

  /** How many. */
  public int count() {
    return value.length;
  }

  /** Actions of the tables. */
  public int actions() {
    return actions;
  }

  /** Types of the tables. */
  public int types() {
    return types;
  }

  /** The probability of an alternative. */
  public double probability(int m) {
    return probability[m];
  }

  /** What an action is worth to a type of an alternative. */
  public double value(int m, int action, int type) {
    return value[m][action * types + type];
  }

  /** {@code [a * types + t]} of an alternative; not to be changed. */
  double[] table(int m) {
    return value[m];
  }

  /** Whether an action is worth nothing to any type of any alternative. */
  boolean ignores(int action) {
    for (double[] table : value) {
      for (int t = 0; t < types; t++) {
        if (table[action * types + t] != 0) {
          return false;
        }
      }
    }
    return true;
  }

  /** The largest |value| of an action. */
  double largest(int action) {
    double largest = 0;
    for (double[] table : value) {
      for (int t = 0; t < types; t++) {
        largest = Math.max(largest, Math.abs(table[action * types + t]));
      }
    }
    return largest;
  }

  /** Some of the alternatives, their probabilities in proportion, or equal where all are 0. */
  Alternatives only(int... some) {
    double[][] kept = new double[some.length][];
    double[] law = new double[some.length];
    double sum = 0;
    for (int k = 0; k < some.length; k++) {
      kept[k] = value[some[k]];
      law[k] = probability[some[k]];
      sum += law[k];
    }
    for (int k = 0; k < some.length; k++) {
      law[k] = sum > 0 ? law[k] / sum : 1.0 / some.length;
    }
    return new Alternatives(kept, law, actions, types);
  }
}
