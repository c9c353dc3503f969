package bellwether.batch.tree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers a list: as bare numbers for as long as every entry is a finite number. */
final class ListCollector {
  private double[] values = new double[8];
  private int[] positions = new int[8];
  private int count;
  private @Nullable List<Node> items;

  int size() {
    return items == null ? count : items.size();
  }

  void number(double value, int position) {
    if (items != null) {
      items.add(new Node.NumberNode(position, Shown.number(value), value));
      return;
    }
    if (count == values.length) {
      int larger = (int) Math.min(2L * count, Integer.MAX_VALUE - 8);
      values = Arrays.copyOf(values, larger);
      positions = Arrays.copyOf(positions, larger);
    }
    values[count] = value;
    positions[count++] = position;
  }

  void node(Node node) {
    if (items == null) {
      items = new ArrayList<>(count + 1);
      for (int i = 0; i < count; i++) {
        items.add(new Node.NumberNode(positions[i], Shown.number(values[i]), values[i]));
      }
      values = new double[0];
      positions = new int[0];
    }
    items.add(node);
  }

  Node finish(int position) {
    if (items != null) {
      return new Node.ListNode(position, items);
    }
    if (count == 0) {
      return new Node.ListNode(position, List.of());
    }
    return new Node.NumbersNode(
        position, Arrays.copyOf(values, count), Arrays.copyOf(positions, count));
  }
}
