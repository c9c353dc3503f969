package bellwether.batch.kind;

import bellwether.batch.mechanism.PlayReader;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a mechanism.
 *
 * @param tolerance of W and every W_-i, null for the default
 * @param profile the reports of the period that is asked for
 * @param physical the physical state then
 * @param period which one
 * @param previous the reports before, for the balanced mechanism
 * @param audit exact, sampled, simulated, none; null for the default
 * @param deviations how many lies a sample tries
 * @param auditPaths how often each is played
 * @param allProfiles whether all profiles are asked for
 * @param play what is to be simulated, null for nothing
 * @param seed of what is drawn
 */
@SuppressWarnings("ArrayRecordComponent")
record MechanismRequest(
    @Nullable Double tolerance,
    int[] profile,
    int physical,
    int period,
    @Nullable Previous previous,
    @Nullable String audit,
    int deviations,
    int auditPaths,
    boolean allProfiles,
    PlayReader.@Nullable Play play,
    long seed) {
  /** Reports of the period before. */
  @SuppressWarnings("ArrayRecordComponent")
  record Previous(int physical, int[] profile) {}
}
