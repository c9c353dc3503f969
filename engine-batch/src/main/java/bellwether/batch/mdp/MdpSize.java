package bellwether.batch.mdp;

import bellwether.batch.tree.HeapSpace;
import bellwether.core.mdp.DenseMdp;
import bellwether.core.mdp.SparseMdp;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How large a model is, known before any of it is made.
 *
 * @param states how many
 * @param rows pairs of a state and an action that is allowed in it
 * @param entries probabilities that are stored
 * @param dense whether rows are stored whole
 */
record MdpSize(double states, double rows, double entries, boolean dense) {
  /** Vectors over the states that the hungriest method holds, in doubles and in ints. */
  private static final double STATE_BYTES = 8 * 13 + 4 * 5;

  /** The most that a sparse model's arrays can hold. */
  static final double MOST_ENTRIES = Integer.MAX_VALUE - 8;

  static MdpSize sparse(double states, double rows, double entries) {
    return new MdpSize(states, rows, entries, false);
  }

  static MdpSize dense(double states, double rows) {
    return new MdpSize(states, rows, states * rows, true);
  }

  /** Bytes of the model and of solving it. */
  double bytes() {
    double model = dense ? DenseMdp.bytes(states, rows) : SparseMdp.bytes(rows, entries);
    // A sparse model's best rows are copied together.
    double best = dense ? 0 : 12 * entries * states / rows;
    return model + best + STATE_BYTES * states + 8 * rows;
  }

  /**
   * Why it cannot be solved here, or null when it can.
   *
   * @param beside bytes that are needed meanwhile, for reading it
   */
  @Nullable String refusal(double beside) {
    String refusal = HeapSpace.refusal(words(), bytes() + beside);
    boolean tooMany = !dense && entries > MOST_ENTRIES;
    if (!tooMany && rows <= MOST_ENTRIES) {
      return refusal;
    }
    // More memory would not help: say so rather than ask for it.
    String most =
        tooMany
            ? String.format(Locale.ROOT, "at most %.0f entries can be stored", MOST_ENTRIES)
            : String.format(Locale.ROOT, "at most %.0f states * actions", MOST_ENTRIES);
    return String.format(
        Locale.ROOT,
        "%s would need %s, %s are available, and %s",
        words(),
        HeapSpace.size(bytes() + beside),
        HeapSpace.size((double) HeapSpace.available()),
        most);
  }

  private String words() {
    return dense
        ? String.format(Locale.ROOT, "a dense model of %.0f states and %.0f rows", states, rows)
        : String.format(
            Locale.ROOT,
            "a model of %.0f states, %.0f rows and %.0f entries",
            states,
            rows,
            entries);
  }
}
