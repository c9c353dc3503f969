/** Bandit auctions that maximize revenue: virtual weights, subscription fees, expected profit. */
@NullMarked
package bellwether.mechanisms.revenue;

import org.jspecify.annotations.NullMarked;
