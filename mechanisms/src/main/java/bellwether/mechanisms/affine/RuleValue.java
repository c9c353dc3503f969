package bellwether.mechanisms.affine;

/**
 * What a rule is worth by combination of alternatives: discounted expected totals under truthful
 * reports. The arrays are not to be changed.
 *
 * @param combinations which and with what probabilities
 * @param values the agents' values, by combination
 * @param designer the designer's own values, by combination
 * @param utility {@code [agent][combination]}: what an agent is left with after payments
 */
@SuppressWarnings("ArrayRecordComponent")
public record RuleValue(
    Combinations combinations, double[] values, double[] designer, double[][] utility) {
  /** The payments of all agents in one combination: values less utilities. */
  public double payments(int c) {
    double sum = values[c];
    for (double[] own : utility) {
      sum -= own[c];
    }
    return sum;
  }

  /** The objective in one combination. */
  public double objective(Objective of, int c) {
    return of.payments() * payments(c) + of.values() * values[c] + of.designer() * designer[c];
  }

  /** The mean of an objective. */
  public double mean(Objective of) {
    double sum = 0;
    for (int c = 0; c < values.length; c++) {
      sum += combinations.weight(c) * objective(of, c);
    }
    return sum;
  }

  /** The mean of an objective with its standard error, 0 where all combinations are here. */
  public Mean estimate(Objective of) {
    return Mean.of(combinations, c -> objective(of, c));
  }

  /** By how much this rule is better than another on the same combinations. */
  public Mean gainOver(RuleValue other, Objective of) {
    if (other.combinations != combinations) {
      throw new IllegalArgumentException("the rules were evaluated on different combinations");
    }
    return Mean.of(combinations, c -> objective(of, c) - other.objective(of, c));
  }

  /** What an agent is left with. */
  public Mean utility(int i) {
    return Mean.of(combinations, c -> utility[i][c]);
  }
}
