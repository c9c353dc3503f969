package bellwether.batch.array;

import bellwether.batch.tree.Fields;
import bellwether.batch.tree.KeyPath;
import bellwether.batch.tree.Mistakes;
import bellwether.batch.tree.Node;

/** Entries that stand in the job file, a list each. */
final class InlineEntries implements EntryTable {
  private final Mistakes mistakes;
  private final Node.ListNode list;
  private final KeyPath path;
  private final int width;
  private final String allowed;

  /**
   * Entries of {@code width} numbers.
   *
   * @param allowed an entry, as messages say it: {@code [s, a, t, p]}
   */
  InlineEntries(Mistakes mistakes, Node.ListNode list, KeyPath path, int width, String allowed) {
    this.mistakes = mistakes;
    this.list = list;
    this.path = path;
    this.width = width;
    this.allowed = allowed;
  }

  @Override
  public double count() {
    return list.items().size();
  }

  @Override
  public void forEach(Visitor visitor) {
    long before = mistakes.count();
    for (int i = 0; i < list.items().size(); i++) {
      double[] values = values(list.items().get(i), path.index(i));
      if ((values.length == width && !visitor.accept(i, values))
          || mistakes.count() - before > Mistakes.TOLD) {
        return;
      }
    }
  }

  private double[] values(Node item, KeyPath at) {
    if (item instanceof Node.NumbersNode numbers) {
      if (numbers.values().length != width) {
        mistakes.add(item.position(), at, "wrong length", item.shown(), "an entry " + allowed);
      }
      return numbers.values();
    }
    if (item instanceof Node.ListNode entry && entry.items().size() == width) {
      for (int c = 0; c < width; c++) {
        Node number = entry.items().get(c);
        if (!(number instanceof Node.NumberNode value)) {
          Fields.notANumber(mistakes, number, at.index(c), "a finite number");
        } else if (!Double.isFinite(value.value())) {
          mistakes.add(
              number.position(),
              at.index(c),
              "not a finite number",
              value.shown(),
              "a finite number");
        }
      }
    } else {
      mistakes.add(item.position(), at, "not an entry", item.shown(), "an entry " + allowed);
    }
    return new double[0];
  }

  @Override
  public void wrong(int entry, int column, String wrong, String given, String allowed) {
    Node item = list.items().get(entry);
    KeyPath at = path.index(entry);
    int position = item.position();
    if (column >= 0) {
      at = at.index(column);
      if (item instanceof Node.NumbersNode numbers) {
        position = numbers.positions()[column];
      }
    }
    mistakes.add(position, at, wrong, given, allowed);
  }
}
