/** Random processes, simulated in blocks of paths, and what is estimated from them. */
@NullMarked
package bellwether.core.path;

import org.jspecify.annotations.NullMarked;
