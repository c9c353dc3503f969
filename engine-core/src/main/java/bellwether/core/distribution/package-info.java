/** Probability distributions on the line: tails, quantiles and expected excesses. */
@NullMarked
package bellwether.core.distribution;

import org.jspecify.annotations.NullMarked;
