package bellwether.mechanisms.audit;

/**
 * What an audit found: an exact one over all periods, physical states and profiles, reachable or
 * not; a sample over those it met.
 *
 * @param maxIncentiveGain the most that any type of any agent gains by one lie and the truth from
 *     then on; at least 0, since the truth is a report
 * @param worstDeviation where that is
 * @param maxMultiPeriodGain the most that an agent gains by the best of all reporting strategies,
 *     which its own dynamic program finds
 * @param minUtility the least that a truthful agent is left with
 * @param worstUtility where that is
 * @param maxBudgetImbalance the largest |sum of payments| in a period
 * @param maxDeficit the most that the designer pays in a period, at least 0
 * @param errorBound gains and utilities are this exact
 * @param deviations how many pairs of a situation and a lie were looked at
 */
public record AuditReport(
    double maxIncentiveGain,
    Place worstDeviation,
    double maxMultiPeriodGain,
    double minUtility,
    Place worstUtility,
    double maxBudgetImbalance,
    double maxDeficit,
    double errorBound,
    double deviations) {}
