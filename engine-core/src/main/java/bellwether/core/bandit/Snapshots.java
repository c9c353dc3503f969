package bellwether.core.bandit;

import java.util.ArrayList;
import java.util.List;

/** What the certificate needs of the states whose indices it checks. */
final class Snapshots {

  /**
   * The path where one state became passive.
   *
   * @param rank how many became passive before it
   * @param advantages z, by position
   * @param start how many are passive at lower subsidies
   * @param before y there
   * @param end how many are passive at higher subsidies
   * @param after y there
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Snapshot(
      int rank, double[] advantages, int start, double[] before, int end, double[] after) {}

  @SuppressWarnings("ArrayRecordComponent")
  private record Open(int rank, double[] advantages, int start, double[] before) {}

  private final int states;
  private final int count;
  private int taken;
  private final List<Open> open = new ArrayList<>();
  private final List<Snapshot> closed = new ArrayList<>();

  /** Takes {@code count} snapshots, spread over the ranks of {@code states} states. */
  Snapshots(int states, int count) {
    this.states = states;
    this.count = Math.min(count, states);
  }

  /** A state has become passive, after {@code start} at lower subsidies. */
  void take(int rank, double[] advantages, int start, double[] before) {
    if (taken < count && rank == rank(taken)) {
      open.add(new Open(rank, advantages.clone(), start, before.clone()));
      taken++;
    }
  }

  private int rank(int i) {
    return count == 1 ? states - 1 : (int) ((long) i * (states - 1) / (count - 1));
  }

  /** The subsidy rises past those that became passive at it; {@code end} are passive now. */
  void close(int end, double[] after) {
    for (Open o : open) {
      closed.add(new Snapshot(o.rank(), o.advantages(), o.start(), o.before(), end, after.clone()));
    }
    open.clear();
  }

  List<Snapshot> all() {
    return List.copyOf(closed);
  }
}
