/** Socially efficient mechanisms: welfare with and without each agent, prices, payments. */
@NullMarked
package bellwether.mechanisms.efficient;

import org.jspecify.annotations.NullMarked;
