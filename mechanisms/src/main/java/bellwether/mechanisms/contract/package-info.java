/** Contracts with a single buyer: menus of upfront payments and constant prices. */
@NullMarked
package bellwether.mechanisms.contract;

import org.jspecify.annotations.NullMarked;
