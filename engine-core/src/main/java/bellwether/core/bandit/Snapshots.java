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
   * @param before y under the policy of lower subsidies
   * @param after y under the policy of higher subsidies
   */
  record Snapshot(int rank, double[] advantages, double[] before, double[] after) {}

  private record Open(int rank, double[] advantages, double[] before) {}

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

  /** A state has become passive. */
  void take(int rank, double[] advantages, double[] before) {
    if (taken < count && rank == rank(taken)) {
      open.add(new Open(rank, advantages.clone(), before.clone()));
      taken++;
    }
  }

  private int rank(int i) {
    return count == 1 ? states - 1 : (int) ((long) i * (states - 1) / (count - 1));
  }

  /** The subsidy rises: y is that of the policy after all states that are open. */
  void close(double[] after) {
    for (Open o : open) {
      closed.add(new Snapshot(o.rank(), o.advantages(), o.before(), after.clone()));
    }
    open.clear();
  }

  List<Snapshot> all() {
    return List.copyOf(closed);
  }
}
