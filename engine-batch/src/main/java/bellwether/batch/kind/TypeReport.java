package bellwether.batch.kind;

import bellwether.mechanisms.revenue.PrivateValue;

/**
 * What a bidder tells before an auction for revenue.
 *
 * @param value how its initial type enters its value
 * @param initialType s0
 */
record TypeReport(PrivateValue value, double initialType) {}
