package bellwether.core.bandit;

/**
 * How soon an arm in a given state retires, as a function of the retirement reward M: phi'(M) =
 * E[delta^tau_M], a nondecreasing step function (Whittle 1980).
 *
 * <p>{@code breakpoints} are retirement rewards in nonincreasing order, M_0 &gt;= M_1 &gt;= ...
 * &gt;= M_{k-1}, namely index / (1 - delta) of the arm's states. {@code factors} has one entry
 * more: phi'(M) is {@code factors[0]} = 1 for M &gt; M_0, {@code factors[j]} for M_j &lt; M &lt;
 * M_{j-1}, and {@code factors[k]} below M_{k-1}. All factors lie in [0, 1] and do not increase with
 * j.
 *
 * <p>The arrays belong to the record and are shared by arms in different states of one chain;
 * nobody changes them.
 *
 * @param breakpoints k retirement rewards, nonincreasing
 * @param factors k + 1 values of phi', nonincreasing
 */
public record RetirementSteps(double[] breakpoints, double[] factors) {}
