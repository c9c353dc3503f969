package bellwether.core.mdp;

/**
 * A solved model. The true optimal value V* obeys
 *
 * <p>value[s] - lowerGap &lt;= V*(s) &lt;= value[s] + upperGap for every state s,
 *
 * <p>rounding included: a claim about the model whose rows are divided by their exact sums.
 *
 * @param value by state, in reward units; of an average problem the relative values, 0 at state 0,
 *     without a bound
 * @param policy by state: an action whose backup is within 1e-9 (1 + |best|) of the best, the
 *     lowest such
 * @param lowerGap how far the value may be too high, at least 0
 * @param upperGap how far it may be too low, at least 0
 * @param gain the average reward a period, NaN of a discounted problem
 * @param gainGap the average differs from {@code gain} by at most this, NaN of a discounted problem
 * @param converged whether the gaps are as small as was asked
 * @param method what solved it; {@link SolveMethod#AUTO} names what it chose
 * @param sweeps passes over all states
 * @param backups evaluations of one action in one state
 * @param bytes what these read of the model's arrays, for a bandwidth; of a product model, whose
 *     matrices are small, 16 a joint state and sweep, or 8 of a sweep in single precision
 */
public record Solution(
    double[] value,
    int[] policy,
    double lowerGap,
    double upperGap,
    double gain,
    double gainGap,
    boolean converged,
    SolveMethod method,
    long sweeps,
    long backups,
    double bytes) {}
