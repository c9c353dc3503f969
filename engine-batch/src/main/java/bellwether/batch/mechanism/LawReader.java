package bellwether.batch.mechanism;

import bellwether.batch.array.NumberArrays;
import bellwether.batch.tree.Fields;
import bellwether.batch.tree.KeyPath;
import bellwether.batch.tree.Mistakes;
import bellwether.batch.tree.Node;
import bellwether.batch.tree.Shown;
import bellwether.mechanisms.environment.Agent;
import org.jspecify.annotations.Nullable;

/** Reads probabilities that sum to 1. */
final class LawReader {
  private final Mistakes mistakes;
  private final NumberArrays arrays;

  LawReader(Mistakes mistakes, NumberArrays arrays) {
    this.mistakes = mistakes;
    this.arrays = arrays;
  }

  /** Whether a law stands at a key. */
  static boolean given(Fields fields, String key) {
    Node node = fields.optional(key);
    return node != null && !(node instanceof Node.NullNode);
  }

  /**
   * The law at a key; null where there is none, or after a mistake.
   *
   * @param what what each of {@code count} probabilities is of, in the singular
   */
  double @Nullable [] read(Fields fields, String key, int count, String what) {
    Node node = fields.optional(key);
    if (node == null || node instanceof Node.NullNode) {
      return null;
    }
    KeyPath path = fields.path().key(key);
    double[] law = arrays.vector(node, path);
    if (law.length == 0) {
      return null;
    }
    if (law.length != count) {
      mistakes.add(
          node.position(),
          path,
          "sizes differ",
          law.length + (law.length == 1 ? " probability" : " probabilities"),
          count + ", one for each " + what);
      return null;
    }
    double sum = 0;
    for (int t = 0; t < count; t++) {
      if (!(law[t] >= 0 && law[t] <= 1 + Agent.SUM_TOLERANCE)) {
        mistakes.add(
            node.position(),
            path.index(t),
            law[t] < 0 ? "negative probability" : "not a probability",
            Shown.number(law[t]),
            "a number from 0 to 1");
        return null;
      }
      sum += law[t];
    }
    if (!(Math.abs(sum - 1) <= Agent.SUM_TOLERANCE)) {
      mistakes.add(
          node.position(),
          path,
          "does not sum to 1",
          "a sum of " + Shown.number(sum),
          "1 within 1e-9");
      return null;
    }
    return law;
  }
}
