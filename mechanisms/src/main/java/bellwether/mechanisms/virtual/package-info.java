/** Virtual values: what a private initial type counts when the designer maximizes profit. */
@NullMarked
package bellwether.mechanisms.virtual;

import org.jspecify.annotations.NullMarked;
