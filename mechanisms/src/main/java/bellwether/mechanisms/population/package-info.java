/** Agents who come and go. */
@NullMarked
package bellwether.mechanisms.population;

import org.jspecify.annotations.NullMarked;
