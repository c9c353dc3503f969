package bellwether.mechanisms.optimal;

/**
 * What the virtual-pivot mechanism earns before initial types are known, found from two sides: what
 * agents pay less costs, and the bound of Corollary 3.1, E d E W(s_1), which no incentive
 * compatible mechanism exceeds. They agree, whether or not the mechanism is incentive compatible.
 *
 * @param profit E over initial types of sum_i p*_i - E sum d^t c
 * @param bound E over initial types of d E W(s_1)
 * @param profitError standard error of draws, or how far quadrature may be off
 * @param boundError the same
 * @param lower the bound is at least so much: tangents of the convex weighted welfare, or the end
 *     of a 95% interval
 * @param upper the bound is at most so much: chords, or the end of the interval
 * @param method "breakpoints", "breakpointsAndPanels" or "quasiMonteCarlo"
 * @param questions how often the weighted welfare was solved
 * @param draws of initial types, 0 where none are drawn
 * @param shifts of the points, 0 where none are drawn
 */
public record ExpectedProfit(
    double profit,
    double bound,
    double profitError,
    double boundError,
    double lower,
    double upper,
    String method,
    long questions,
    int draws,
    int shifts) {
  /** Whether initial types were drawn, and errors are standard errors. */
  public boolean drawn() {
    return draws > 0;
  }
}
