package bellwether.batch.array;

import bellwether.batch.tree.KeyPath;
import bellwether.batch.tree.Mistakes;
import org.jspecify.annotations.Nullable;

/**
 * Numbers of one to three dimensions that know where they stand: entry (i, j, k) of sides n0, n1,
 * n2 is {@code values[(i * n1 + j) * n2 + k]}. What was null is NaN.
 */
public final class NumberTable {
  private final Mistakes mistakes;
  private final KeyPath path;
  private final int position;
  private final int @Nullable [] positions;
  private final String where;
  private final int[] shape;
  private final double[] values;

  NumberTable(
      Mistakes mistakes,
      KeyPath path,
      int position,
      int @Nullable [] positions,
      String where,
      int[] shape,
      double[] values) {
    this.mistakes = mistakes;
    this.path = path;
    this.position = position;
    this.positions = positions;
    this.where = where;
    this.shape = shape;
    this.values = values;
  }

  /** How many dimensions there are. */
  public int dimensions() {
    return shape.length;
  }

  /** The length of one side. */
  public int side(int dimension) {
    return shape[dimension];
  }

  /** All numbers; not to be changed. */
  public double[] values() {
    return values;
  }

  /** The sides in words: {@code 2 x 3}. */
  public String shape() {
    return words(shape);
  }

  static String words(int[] shape) {
    StringBuilder words = new StringBuilder();
    for (int side : shape) {
      words.append(words.isEmpty() ? "" : " x ").append(side);
    }
    return shape.length == 1 ? "a list of " + words : words.toString();
  }

  /** Tells what is wrong with one number. */
  public void wrong(int flat, String wrong, String given, String allowed) {
    tell(flat, shape.length, wrong, given, allowed);
  }

  /** Tells what is wrong with the innermost row that begins at {@code flat}. */
  public void wrongRow(int flat, String wrong, String given, String allowed) {
    tell(flat, shape.length - 1, wrong, given, allowed);
  }

  /** Tells what is wrong with the whole. */
  public void wrong(String wrong, String given, String allowed) {
    mistakes.add(position, path, wrong + where, given, allowed);
  }

  private void tell(int flat, int depth, String wrong, String given, String allowed) {
    KeyPath at = path;
    int size = values.length;
    int rest = flat;
    for (int d = 0; d < depth; d++) {
      size /= shape[d];
      at = at.index(rest / size);
      rest %= size;
    }
    mistakes.add(positions == null ? position : positions[flat], at, wrong + where, given, allowed);
  }
}
