package bellwether.batch.kind;

/**
 * What an auction for revenue is asked beside the auction.
 *
 * @param subscription whether to report the subscription phase
 */
record RevenueRequest(boolean subscription) {}
