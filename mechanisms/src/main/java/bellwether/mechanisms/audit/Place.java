package bellwether.mechanisms.audit;

/**
 * Where something happens in an audit.
 *
 * @param agent the agent, or -1 for all of them
 * @param period the period, 0 for an infinite horizon
 * @param physical the physical state, -1 before the first period
 * @param profile true types of all agents; after a lie, the agent's own is its true one
 * @param report what the agent reports, or -1
 */
@SuppressWarnings("ArrayRecordComponent")
public record Place(int agent, int period, int physical, int[] profile, int report) {
  /** Stands for nowhere. */
  public static final Place NOWHERE = new Place(-1, 0, -1, new int[0], -1);
}
