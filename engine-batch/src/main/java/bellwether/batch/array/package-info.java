/** Arrays of numbers, written in the job file or in a NumPy or Matrix Market file beside it. */
@NullMarked
package bellwether.batch.array;

import org.jspecify.annotations.NullMarked;
