/** Vector API twins of the scalar kernels. */
@NullMarked
package bellwether.vector;

import org.jspecify.annotations.NullMarked;
