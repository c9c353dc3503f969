package bellwether.mechanisms.optimal;

/**
 * What happens in a period of the allocation phase.
 *
 * @param action the one that maximizes the weighted welfare
 * @param welfare W
 * @param welfareWithout W_-i
 * @param payments v_i - m_i / alpha_i; 0 of agents that do not take part
 */
@SuppressWarnings("ArrayRecordComponent")
public record Allocation(int action, double welfare, double[] welfareWithout, double[] payments) {}
