/** Affine maximizers over time, and the search for good ones. */
@NullMarked
package bellwether.mechanisms.affine;

import org.jspecify.annotations.NullMarked;
