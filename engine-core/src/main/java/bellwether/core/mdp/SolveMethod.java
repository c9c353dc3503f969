package bellwether.core.mdp;

/** How a discounted model is solved; all methods end with the same guarantee. */
public enum SolveMethod {
  /** Watches how fast the bounds close and chooses among the others. */
  AUTO("auto"),
  /** Sweeps over all states; actions that cannot be best are not evaluated. */
  VALUE_ITERATION("valueIteration"),
  /** Sweeps that use new values at once, on one thread. */
  GAUSS_SEIDEL("gaussSeidel"),
  /** A sweep, then sweeps with its policy only, as many as pay. */
  MODIFIED_POLICY_ITERATION("modifiedPolicyIteration"),
  /** Every policy is evaluated as exactly as the tolerance asks. */
  POLICY_ITERATION("policyIteration"),
  /** Every policy is evaluated roughly, by BiCGStab. */
  INEXACT_POLICY_ITERATION("inexactPolicyIteration"),
  /** Value iteration with Anderson's extrapolation, dropped where the bounds do not close. */
  ANDERSON("anderson");

  private final String word;

  SolveMethod(String word) {
    this.word = word;
  }

  /** The name in camel case, as job files have it. */
  public String word() {
    return word;
  }
}
