/** Random numbers that belong to the work, not to the thread. */
@NullMarked
package bellwether.core.random;

import org.jspecify.annotations.NullMarked;
