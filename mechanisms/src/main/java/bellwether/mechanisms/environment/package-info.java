/** Who there is, what they want, how their types move: what every mechanism takes. */
@NullMarked
package bellwether.mechanisms.environment;

import org.jspecify.annotations.NullMarked;
