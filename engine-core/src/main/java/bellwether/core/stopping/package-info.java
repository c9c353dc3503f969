/** Optimal stopping: chains, offers, ranks and diffusions, exactly or between two bounds. */
@NullMarked
package bellwether.core.stopping;

import org.jspecify.annotations.NullMarked;
