package bellwether.mechanisms.joint;

/**
 * The value of a policy.
 *
 * @param value by joint state
 * @param gap no value is further from the true one
 * @param sweeps applications of the policy's expectation
 */
@SuppressWarnings("ArrayRecordComponent")
public record Evaluation(double[] value, double gap, int sweeps) {}
