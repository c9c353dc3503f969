package bellwether.mechanisms.virtual;

/**
 * What an agent of a known initial type counts in the designer's objective: its value v counts
 * alpha v + betaPerUnit C, C being the additive constant of the action (ignored, since betaPerUnit
 * is 0, for multiplicative values).
 *
 * @param alpha 1 - h A' / A when values are multiplicative, 1 when they are additive
 * @param betaPerUnit 0 when values are multiplicative, -h A' when they are additive
 * @param included whether the agent gets any weight: alpha is above 0 and everything is finite
 */
public record VirtualWeight(double alpha, double betaPerUnit, boolean included) {

  /** beta of an action whose additive constant is {@code c}. */
  public double beta(double c) {
    return c == 0 || betaPerUnit == 0 ? 0 : betaPerUnit * c;
  }
}
