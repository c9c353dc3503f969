package bellwether.batch.mechanism;

import bellwether.batch.tree.Fields;
import bellwether.batch.tree.KeyPath;
import bellwether.batch.tree.Mistakes;
import bellwether.batch.tree.Node;
import bellwether.mechanisms.environment.Agent;
import bellwether.mechanisms.environment.Environment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads profiles of types, physical states and Groves' Phi. */
public final class ProfileReader {
  private final Mistakes mistakes;
  private final Environment environment;

  /** Reads for this environment. */
  public ProfileReader(Mistakes mistakes, Environment environment) {
    this.mistakes = mistakes;
    this.environment = environment;
  }

  /** A type of every agent; empty after a mistake. */
  public int[] profile(Fields fields, String key) {
    long before = mistakes.count();
    int n = environment.size();
    String allowed = "a list of types, one for each of the " + n + " agents";
    List<Node> items = fields.list(key, false, false, allowed);
    Node node = fields.optional(key);
    KeyPath path = fields.path().key(key);
    if (node != null && !items.isEmpty() && items.size() != n) {
      mistakes.add(
          node.position(),
          path,
          "sizes differ",
          items.size() + (items.size() == 1 ? " type" : " types"),
          n + ", one for each agent");
    }
    if (mistakes.count() > before) {
      return new int[0];
    }
    int[] profile = new int[n];
    for (int i = 0; i < n; i++) {
      Agent agent = environment.agent(i);
      profile[i] =
          PhysicalReader.index(
              mistakes, items.get(i), path.index(i), agent.types(), agent.typeNames(), "type");
    }
    return mistakes.count() > before ? new int[0] : profile;
  }

  /** A physical state; the initial one where the key is absent. */
  public int physical(Fields fields, String key) {
    Node node = fields.optional(key);
    if (node == null || node instanceof Node.NullNode) {
      return environment.physical().initial();
    }
    return PhysicalReader.index(
        mistakes,
        node,
        fields.path().key(key),
        environment.physical().count(),
        environment.physical().names(),
        "physical state");
  }

  /** Phi_i: a number, or nested lists over the types of the others in increasing order. */
  public double @Nullable [] phi(Node node, KeyPath path, int i) {
    if (node instanceof Node.NumberNode number && Double.isFinite(number.value())) {
      return new double[] {number.value()};
    }
    int[] sizes = new int[environment.size() - 1];
    int length = 1;
    for (int j = 0, at = 0; j < environment.size(); j++) {
      if (j != i) {
        sizes[at++] = environment.agent(j).types();
        length = Math.multiplyExact(length, environment.agent(j).types());
      }
    }
    double[] phi = new double[length];
    long before = mistakes.count();
    fill(node, path, sizes, 0, phi, 0, length);
    return mistakes.count() > before ? null : phi;
  }

  private void fill(
      Node node, KeyPath path, int[] sizes, int depth, double[] phi, int offset, int length) {
    if (depth == sizes.length) {
      if (node instanceof Node.NumberNode number && Double.isFinite(number.value())) {
        phi[offset] = number.value();
      } else {
        Fields.notANumber(mistakes, node, path, "a finite number");
      }
      return;
    }
    int size = sizes[depth];
    String allowed =
        "a number, or " + size + " entries, one for each type of an agent other than this";
    int each = length / size;
    if (node instanceof Node.NumbersNode numbers && depth == sizes.length - 1) {
      if (numbers.values().length == size) {
        System.arraycopy(numbers.values(), 0, phi, offset, size);
      } else {
        mistakes.add(node.position(), path, "sizes differ", node.shown(), allowed);
      }
      return;
    }
    if (!(node instanceof Node.ListNode list) || list.items().size() != size) {
      mistakes.add(node.position(), path, "wrong shape", node.shown(), allowed);
      return;
    }
    for (int t = 0; t < size; t++) {
      fill(list.items().get(t), path.index(t), sizes, depth + 1, phi, offset + t * each, each);
    }
  }
}
