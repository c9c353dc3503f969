package bellwether.mechanisms.efficient;

/**
 * What a mechanism does at one profile of reports.
 *
 * @param welfare W from here on
 * @param action x*, the efficient action
 * @param welfareWithout W_-i
 * @param marginalContribution M_i = W - W_-i
 * @param flowMarginalContribution m_i = M_i - d E[M_i | x*]
 * @param payment p_i of this period, from the agent
 * @param utility what agent i is left with from here on when all tell the truth
 * @param transfer E sum d^t p_i from here on; for Groves mechanisms, else empty
 * @param gamma what each agent pays for its report before it pays its neighbour; for the balanced
 *     mechanism, else empty
 */
@SuppressWarnings("ArrayRecordComponent")
public record Outcome(
    double welfare,
    int action,
    double[] welfareWithout,
    double[] marginalContribution,
    double[] flowMarginalContribution,
    double[] payment,
    double[] utility,
    double[] transfer,
    double[] gamma) {}
