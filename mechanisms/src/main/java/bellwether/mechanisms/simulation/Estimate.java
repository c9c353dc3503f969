package bellwether.mechanisms.simulation;

/**
 * A mean over paths.
 *
 * @param mean the mean
 * @param standardError of the mean
 */
public record Estimate(double mean, double standardError) {}
