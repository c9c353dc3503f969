/** The one place that owns threads: loops whose result does not depend on how many there are. */
@NullMarked
package bellwether.core.parallel;

import org.jspecify.annotations.NullMarked;
