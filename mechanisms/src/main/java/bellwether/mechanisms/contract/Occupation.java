package bellwether.mechanisms.contract;

/**
 * The discounted occupation measure of a signal B: how much of the discounted time it spends where,
 * sum_{t=1}^{T} d^t P(B_t in .). It is all that a buyer with a constant price depends on.
 *
 * <p>Immutable; every method is a pure function with the same bits everywhere.
 */
public sealed interface Occupation
    permits FiniteOccupation, IndependentOccupation, NormalOccupation {

  /** The whole measure, sum_{t=1}^{T} d^t. */
  double mass();

  /** The lower end of the support; may be -infinity. */
  double low();

  /** The upper end of the support; may be infinity. */
  double high();

  /** E sum d^t 1{B_t &gt;= level}. */
  double count(double level);

  /** E sum d^t (B_t - level)+. */
  double excess(double level);

  /** Whether B_t is ever at least {@code level}, with probability above 0. */
  boolean reaches(double level);

  /** Increasing finite levels between which the measure is spread smoothly. */
  double[] landmarks();

  /** E sum d^t B_t 1{B_t &gt;= level}; 0 where nothing is as high. */
  default double sum(double level) {
    double count = count(level);
    return count == 0 ? 0 : excess(level) + level * count;
  }
}
