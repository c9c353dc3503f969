package bellwether.batch.kind;

import bellwether.core.bandit.Arm;

/**
 * An arm of a job.
 *
 * @param arm the arm with its rewards as they are given
 * @param scale its rewards are multiplied by this, and so are its index and its breakpoints
 * @param size the side of the table of indices that is asked for, 0 for none
 */
public record ArmSpec(Arm arm, double scale, int size) {}
