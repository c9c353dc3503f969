package bellwether.batch.kind;

import bellwether.core.kernel.Kernels;
import bellwether.core.parallel.Workers;

/**
 * What a job is solved with.
 *
 * @param kernels the hot loops
 * @param workers the threads
 */
public record Resources(Kernels kernels, Workers workers) {}
