/** Bilateral trade, repeated. */
@NullMarked
package bellwether.mechanisms.trade;

import org.jspecify.annotations.NullMarked;
