package bellwether.batch.array;

import bellwether.batch.tree.Fields;
import bellwether.batch.tree.KeyPath;
import bellwether.batch.tree.Mistakes;
import bellwether.batch.tree.Node;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads tables of one to three dimensions: nested lists, or files. */
public final class TableReader {
  private final Mistakes mistakes;
  private final NumberArrays arrays;

  /** Reads tables of the job whose mistakes are these; files are noted in {@code arrays}. */
  public TableReader(Mistakes mistakes, NumberArrays arrays) {
    this.mistakes = mistakes;
    this.arrays = arrays;
  }

  /**
   * A table with at least one number, of {@code least} to {@code most} dimensions; null after a
   * mistake. Numbers in files need not be finite, and a null in a list is NaN: it is for the caller
   * to refuse those that are used.
   *
   * @param allowed what messages say may stand here
   */
  public @Nullable NumberTable table(Node node, KeyPath path, int least, int most, String allowed) {
    return switch (node) {
      case Node.ObjectNode object -> file(object, path, least, most, allowed);
      case Node.ListNode list when list.items().isEmpty() -> {
        mistakes.add(node.position(), path, "empty", node.shown(), allowed);
        yield null;
      }
      case Node.ListNode list -> inline(list, path, least, most, allowed);
      case Node.NumbersNode numbers -> inline(numbers, path, least, most, allowed);
      default -> {
        mistakes.add(node.position(), path, "not a list", node.shown(), allowed);
        yield null;
      }
    };
  }

  private @Nullable NumberTable file(
      Node.ObjectNode object, KeyPath path, int least, int most, String allowed) {
    FileReference reference = FileReference.of(mistakes, object, path);
    if (reference == null) {
      return null;
    }
    String shown = reference.shown();
    try (ArrayFile file = ArrayFile.open(reference, 3)) {
      int[] shape = Arrays.stream(file.shape()).mapToInt(Math::toIntExact).toArray();
      if (shape.length < least
          || shape.length > most
          || Arrays.stream(shape).anyMatch(side -> side == 0)) {
        mistakes.add(
            object.position(),
            path,
            shown + ": wrong shape, given " + NumberTable.words(shape) + ", allowed: " + allowed);
        return null;
      }
      double[] values = file.read((_, _, _, _) -> true);
      if (values == null) {
        return null;
      }
      arrays.note(reference.name(), file.sha256());
      return new NumberTable(
          mistakes, path, object.position(), null, " in " + shown, shape, values);
    } catch (ArrayFileException e) {
      mistakes.add(object.position(), path, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      mistakes.add(object.position(), path, shown + ": cannot be read: " + e.getMessage());
    }
    return null;
  }

  private @Nullable NumberTable inline(
      Node node, KeyPath path, int least, int most, String allowed) {
    int[] shape = new int[most];
    int dimensions = shape(node, shape);
    if (dimensions < least || dimensions > most) {
      mistakes.add(node.position(), path, "wrong shape", node.shown(), allowed);
      return null;
    }
    shape = Arrays.copyOf(shape, dimensions);
    double size = Arrays.stream(shape).asDoubleStream().reduce(1, (a, b) -> a * b);
    if (size > Integer.MAX_VALUE - 8) {
      // Only a ragged list can promise more than the text has room for.
      mistakes.add(node.position(), path, "ragged table", node.shown(), allowed);
      return null;
    }
    Filling filling = new Filling(shape, new double[(int) size], new int[(int) size]);
    long before = mistakes.count();
    fill(node, path, 0, 0, filling);
    return mistakes.count() > before
        ? null
        : new NumberTable(
            mistakes, path, node.position(), filling.positions, "", shape, filling.values);
  }

  private record Filling(int[] shape, double[] values, int[] positions) {}

  /** Follows the first entries down; returns how deep they go, 1 more than allowed at most. */
  private static int shape(Node node, int[] shape) {
    Node at = node;
    for (int d = 0; ; d++) {
      int length =
          switch (at) {
            case Node.NumbersNode numbers -> numbers.values().length;
            case Node.ListNode list -> list.items().size();
            default -> -1;
          };
      if (length < 0 || d == shape.length) {
        return length < 0 ? d : d + 1;
      }
      shape[d] = length;
      if (at instanceof Node.ListNode list && length > 0) {
        at = list.items().getFirst();
      } else {
        return d + 1;
      }
    }
  }

  private void fill(Node node, KeyPath path, int depth, int offset, Filling filling) {
    int length = filling.shape[depth];
    boolean leaf = depth == filling.shape.length - 1;
    if (node instanceof Node.NumbersNode numbers && leaf && numbers.values().length == length) {
      System.arraycopy(numbers.values(), 0, filling.values, offset, length);
      System.arraycopy(numbers.positions(), 0, filling.positions, offset, length);
      return;
    }
    int given =
        switch (node) {
          case Node.NumbersNode numbers -> numbers.values().length;
          case Node.ListNode list -> list.items().size();
          default -> -1;
        };
    if (given < 0) {
      mistakes.add(node.position(), path, "not a list", node.shown(), "a list of " + length);
      return;
    }
    if (given != length) {
      mistakes.add(
          node.position(),
          path,
          "ragged table",
          given + (given == 1 ? " entry" : " entries"),
          length + ", as in the first row");
      return;
    }
    if (!(node instanceof Node.ListNode list)) {
      mistakes.add(node.position(), path, "numbers, not lists", node.shown(), "lists");
      return;
    }
    int step = 1;
    for (int d = depth + 1; d < filling.shape.length; d++) {
      step *= filling.shape[d];
    }
    List<Node> items = list.items();
    long before = mistakes.count();
    for (int i = 0; i < length && mistakes.count() - before <= Mistakes.TOLD; i++) {
      if (leaf) {
        leaf(items.get(i), path.index(i), offset + i, filling);
      } else {
        fill(items.get(i), path.index(i), depth + 1, offset + i * step, filling);
      }
    }
  }

  private void leaf(Node item, KeyPath path, int flat, Filling filling) {
    filling.positions[flat] = item.position();
    switch (item) {
      case Node.NullNode _ -> filling.values[flat] = Double.NaN;
      case Node.NumberNode number when Double.isFinite(number.value()) ->
          filling.values[flat] = number.value();
      case Node.NumberNode number ->
          mistakes.add(
              item.position(), path, "not a finite number", number.shown(), "a finite number");
      default -> Fields.notANumber(mistakes, item, path, "a finite number");
    }
  }
}
