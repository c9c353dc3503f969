package bellwether.batch.kind;

import bellwether.core.kernel.Kernels;
import bellwether.core.parallel.Workers;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a job is solved with.
 *
 * @param kernels the hot loops
 * @param workers the threads
 * @param stem what the names of files beside the result begin with; null where the result is
 *     printed, and there can be no such files
 * @param checkpoint where a long job leaves how far it is
 * @param progress hears in a few words how far the job is; may be called often
 */
public record Resources(
    Kernels kernels,
    Workers workers,
    @Nullable String stem,
    Checkpoint checkpoint,
    Consumer<String> progress) {}
