package bellwether.core.bandit;

/**
 * How far Whittle indices can be from the true ones, found by putting them into the optimality
 * equations of the arm.
 *
 * <p>For a state s with index g, the values h of the optimal policies at subsidy g, and their
 * slopes on both sides of it, are put into both actions' equations. Let e be the residuals V -
 * max{...} at the subsidies g - d and g + d. One step of the optimality operator brings two values
 * nearer to each other by the factor q at least, in their span, where
 *
 * <pre>
 *   q = delta min{1 - kappa, tau},  kappa = sum_t min_{a,s} P_a(s,t),
 *   tau = max_{a,s} sum_t |P_a(s,t) - m(t)|,  m the mean of all rows:
 * </pre>
 *
 * kappa is the mass that all rows share, and two rows are apart by at most tau in total variation,
 * by the triangle inequality (Dobrushin 1956; Puterman 1994, section 6.6). The true advantage of
 * being active in s is therefore within
 *
 * <pre>
 *   q (max e - min e) / (1 - q)
 * </pre>
 *
 * of the computed one. Where that says little (q &gt; 0.999) the bound is 2 w (max e - min e) if
 * that is less, with w the longest expected time to a state under any policy: by policy iteration
 * for up to 512 states, by sweeps for more ({@code w / min r}, r(s) = w(s) - max_a sum_t P_a(s,t)
 * w(t), bounds it for any w &gt;= 0 with min r &gt; 0). Where the advantage is surely positive at g
 * - d and surely negative at g + d, the index of an indexable arm is within d of g. The bound
 * includes the rounding of the check itself.
 *
 * @param errorBound the largest d over the states that were checked, in reward units; infinite
 *     where there is no bound: for an average with q = 1 where some policy never comes to the state
 *     that others do, or takes so long that sweeps of the work of the indices do not show it, or
 *     where more than 512 states have over n^2 / 4 transitions
 * @param rewardResidual the checked indices are those of an arm whose rewards differ from the given
 *     ones by at most this
 * @param checked how many states were checked
 * @param states how many states there are
 */
public record WhittleCertificate(
    double errorBound, double rewardResidual, int checked, int states) {}
