/** Index policies on bandits, several arms active a period: their values, exact or simulated. */
@NullMarked
package bellwether.core.policy;

import org.jspecify.annotations.NullMarked;
