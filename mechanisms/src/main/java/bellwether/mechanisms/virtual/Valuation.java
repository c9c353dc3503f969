package bellwether.mechanisms.virtual;

/**
 * How an agent's private initial type s0 enters its value, B being what it learns over time
 * (Kakade, Lobel and Nazerzadeh 2013, Assumption 2.1 and equations 1 and 2).
 */
public enum Valuation {
  /** v = A(s0) B. */
  MULTIPLICATIVE,

  /** v = A(s0) C + B, C a constant of the action (1 when an item is received, say). */
  ADDITIVE
}
