/** Arms of bandits, their Gittins indices and the retirement values that auctions are made of. */
@NullMarked
package bellwether.core.bandit;

import org.jspecify.annotations.NullMarked;
