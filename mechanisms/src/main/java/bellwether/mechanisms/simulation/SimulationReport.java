package bellwether.mechanisms.simulation;

import java.util.List;

/**
 * What a mechanism came to, on the average of many paths.
 *
 * @param welfare discounted sum of all values, the designer's among them
 * @param revenue of all payments
 * @param designerValue of the designer's values
 * @param utility of values less payments, by agent
 * @param payment of payments, by agent
 * @param maxBudgetImbalance the largest |sum of payments| of a period
 * @param periods that were played
 * @param paths that were played
 * @param remainder what later periods could add to the welfare, at most
 */
public record SimulationReport(
    Estimate welfare,
    Estimate revenue,
    Estimate designerValue,
    List<Estimate> utility,
    List<Estimate> payment,
    double maxBudgetImbalance,
    int periods,
    long paths,
    double remainder) {}
