/** Arrays over physical states and profiles of types: expectations, evaluations. */
@NullMarked
package bellwether.mechanisms.joint;

import org.jspecify.annotations.NullMarked;
