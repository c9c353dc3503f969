/** Mechanisms played over many periods by agents who may not tell the truth. */
@NullMarked
package bellwether.mechanisms.simulation;

import org.jspecify.annotations.NullMarked;
