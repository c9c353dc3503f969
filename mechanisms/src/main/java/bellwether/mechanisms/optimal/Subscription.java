package bellwether.mechanisms.optimal;

/**
 * What is agreed at time 0, by agent; from the agents' initial types.
 *
 * @param alpha the weight of values; not positive where an agent gets none
 * @param beta by agent and action
 * @param included whether the type gets weight
 * @param active whether the agent takes part: it is included and its expected payment is above 0
 * @param expectedPayment p* = V - U, E of all payments from time 0 on; 0 where not active, like all
 *     that follow
 * @param upfront what is paid at time 0
 * @param utility U, the information rent
 * @param expectedValue V = E sum d^t v
 * @param slope E sum d^t B, or C
 * @param weightedWelfare d E W(s_1)
 * @param gap no number is further from the true one, as far as the rules' values are concerned
 */
@SuppressWarnings("ArrayRecordComponent")
public record Subscription(
    double[] alpha,
    double[][] beta,
    boolean[] included,
    boolean[] active,
    double[] expectedPayment,
    double[] upfront,
    double[] utility,
    double[] expectedValue,
    double[] slope,
    double weightedWelfare,
    double gap) {}
