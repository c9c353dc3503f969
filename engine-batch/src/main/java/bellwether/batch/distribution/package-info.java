/** Distributions in job files. */
@NullMarked
package bellwether.batch.distribution;

import org.jspecify.annotations.NullMarked;
