package bellwether.core.policy;

/**
 * What a policy is worth.
 *
 * @param policy the policy
 * @param exact whether the value is exact, up to {@code errorBound}, or simulated
 * @param value the expected sum of discount^t times the rewards of period t
 * @param standardError of the value, 0 where it is exact
 * @param errorBound how far the expectation of what was computed may be from the policy's value:
 *     sweeps and rounding of an exact one, the periods that were not simulated of the others
 * @param regret the value of the best policy less this one's
 * @param regretStandardError of the regret; smaller than that of the values, since all policies
 *     meet the same random numbers
 * @param activationShare by arm: sum of discount^t P(arm is active in t) divided by sum of
 *     discount^t; they add up to the number of active arms. NaN where the work limit leaves them
 *     uncertain by more than 0.01: large joint chains that mix slowly
 * @param activationShareStandardError of the shares, 0 where they are exact
 * @param activationShareErrorBound how far exact shares may be off where the work limit ended their
 *     sweeps; 0 where they are within 1e-9 but for rounding, or simulated
 * @param paths that were simulated, 0 where the value is exact
 */
@SuppressWarnings("ArrayRecordComponent")
public record PolicyValue(
    Policy policy,
    boolean exact,
    double value,
    double standardError,
    double errorBound,
    double regret,
    double regretStandardError,
    double[] activationShare,
    double[] activationShareStandardError,
    double activationShareErrorBound,
    long paths) {}
