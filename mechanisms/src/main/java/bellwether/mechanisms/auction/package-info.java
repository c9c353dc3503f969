/** Auctions over time. */
@NullMarked
package bellwether.mechanisms.auction;

import org.jspecify.annotations.NullMarked;
