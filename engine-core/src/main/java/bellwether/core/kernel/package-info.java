/** The hot loops over primitive arrays: one specification, several providers, the same bits. */
@NullMarked
package bellwether.core.kernel;

import org.jspecify.annotations.NullMarked;
