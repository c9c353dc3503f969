package bellwether.core.policy;

/**
 * The exact value of a policy.
 *
 * @param value the discounted sum of rewards
 * @param errorBound how far it may be from the true one
 * @param shareErrorBound how far a share may be off where the limit of the work ended its sweeps; 0
 *     where they are within 1e-9 but for rounding
 * @param shares of the arms: sum of discount^t P(arm active in t), divided by sum of discount^t
 */
@SuppressWarnings("ArrayRecordComponent")
record ExactValue(double value, double errorBound, double shareErrorBound, double[] shares) {}
