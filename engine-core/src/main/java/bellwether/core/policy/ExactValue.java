package bellwether.core.policy;

/**
 * The exact value of a policy.
 *
 * @param value the discounted sum of rewards
 * @param errorBound how far it may be from the true one
 * @param shares of the arms: sum of discount^t P(arm active in t), divided by sum of discount^t
 */
@SuppressWarnings("ArrayRecordComponent")
record ExactValue(double value, double errorBound, double[] shares) {}
