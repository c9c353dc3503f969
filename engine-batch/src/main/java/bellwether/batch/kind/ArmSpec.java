package bellwether.batch.kind;

import bellwether.core.bandit.Arm;
import org.jspecify.annotations.Nullable;

/**
 * An arm of a job.
 *
 * @param arm the arm with its rewards as they are given
 * @param scale its rewards are multiplied by this, and so are its index and its breakpoints
 * @param size the side of the table of indices that is asked for (of a normal arm, its length), 0
 *     for none
 * @param states whose indices are asked for, null for all
 * @param horizon pulls left, 0 for no end
 * @param save in which form the table goes into a file; null for into the result
 */
@SuppressWarnings("ArrayRecordComponent")
public record ArmSpec(
    Arm arm, double scale, int size, int @Nullable [] states, int horizon, @Nullable String save) {

  /** An arm of which all is asked. */
  public ArmSpec(Arm arm, double scale, int size) {
    this(arm, scale, size, null, 0, null);
  }
}
