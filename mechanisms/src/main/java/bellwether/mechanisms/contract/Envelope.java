package bellwether.mechanisms.contract;

/**
 * The utilities U(s0) = integral of A'(z) slope(y(z)) dz up to s0 that leave no type a reason to
 * choose another's contract, and the virtual surplus that is left as profit.
 */
interface Envelope {
  /** U at a type of the support. */
  double utility(double s0);

  /** E over types of the virtual surplus. */
  double profit();

  /** How far the profit may be off, but for rounding. */
  double profitError();

  /** How far U may be off at a type, but for rounding. */
  double utilityError(double s0);

  /** How it is computed. */
  String method();
}
