package bellwether.batch.kind;

import bellwether.mechanisms.revenue.PrivateValue;
import org.jspecify.annotations.Nullable;

/**
 * What a bidder tells before an auction for revenue.
 *
 * @param value how its initial type enters its value
 * @param initialType s0
 * @param initial law of the state when it subscribes; null where that is the present state
 */
@SuppressWarnings("ArrayRecordComponent")
record TypeReport(PrivateValue value, double initialType, double @Nullable [] initial) {}
