package bellwether.core.bandit;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Brackets of the indices at Beta(alpha + i, beta + j), i, j &lt; size, made once and looked up
 * often: in memory, or in a NumPy file that is mapped, not read.
 *
 * <p>Layout: float64, little-endian, C order, shape (2, size, size): {@code [0][i][j]} is at most
 * the index, {@code [1][i][j]} at least. A lookup costs one or two loads and allocates nothing but
 * what {@link #bracket} returns.
 */
public final class IndexTable {
  /** The largest size. */
  public static final int MAX_SIZE = 10_000;

  private static final ValueLayout.OfDouble NUMBER =
      ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final int PREFIX = 10;
  private static final int ALIGNMENT = 64;
  private static final int BLOCK = 1 << 13;

  private final BetaBernoulliArm corner;
  private final double discount;
  private final int size;
  private final MemorySegment cells;

  private IndexTable(BetaBernoulliArm corner, double discount, int size, MemorySegment cells) {
    this.corner = corner;
    this.discount = discount;
    this.size = size;
    this.cells = cells;
  }

  /**
   * A copy of a square table.
   *
   * @param corner the arm of its entry (0, 0)
   * @param discount at which it was made
   * @throws IllegalArgumentException when the table is a triangle
   */
  public static IndexTable of(BetaBernoulliTable table, BetaBernoulliArm corner, double discount) {
    int n = table.size();
    if (!table.has(n - 1, n - 1)) {
      throw new IllegalArgumentException("table must be a square, given a triangle of " + n);
    }
    MemorySegment cells = Arena.ofAuto().allocate(2L * n * n * Double.BYTES, Double.BYTES);
    long at = 0;
    for (int side = 0; side < 2; side++) {
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          double bound = side == 0 ? table.lower(i, j) : table.upper(i, j);
          cells.set(NUMBER, at, bound);
          at += Double.BYTES;
        }
      }
    }
    return new IndexTable(corner, discount, n, cells);
  }

  /**
   * A table of brackets, copied.
   *
   * @param lower at [i size + j] at most the index at Beta(alpha + i, beta + j)
   * @param upper at least, likewise
   * @throws IllegalArgumentException when a number is out of range
   */
  public static IndexTable of(
      BetaBernoulliArm corner, double discount, int size, double[] lower, double[] upper) {
    check(discount, size);
    if (lower.length != size * size || upper.length != size * size) {
      throw new IllegalArgumentException(
          "lower and upper must have " + size + " x " + size + " entries: " + lower.length);
    }
    MemorySegment cells = Arena.ofAuto().allocate(16L * size * size, Double.BYTES);
    long half = 8L * size * size;
    for (int k = 0; k < lower.length; k++) {
      cells.set(NUMBER, 8L * k, lower[k]);
      cells.set(NUMBER, half + 8L * k, upper[k]);
    }
    return new IndexTable(corner, discount, size, cells);
  }

  private static void check(double discount, int size) {
    if (!(discount >= 0 && discount < 1)) {
      throw new IllegalArgumentException("discount must be in [0, 1): " + discount);
    }
    if (size < 1 || size > MAX_SIZE) {
      throw new IllegalArgumentException("size must be 1 to " + MAX_SIZE + ": " + size);
    }
  }

  /**
   * Maps a file that {@link #write} wrote.
   *
   * @param corner the arm of its entry (0, 0)
   * @param discount at which it was made, in [0, 1)
   * @param size 1 to {@link #MAX_SIZE}
   * @throws IllegalArgumentException when a number is out of range
   * @throws IOException when the file cannot be read or is not such a table
   */
  public static IndexTable map(Path file, BetaBernoulliArm corner, double discount, int size)
      throws IOException {
    check(discount, size);
    byte[] header = header(size);
    long bytes = 2L * size * size * Double.BYTES;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer found = ByteBuffer.allocate(header.length);
      while (found.hasRemaining() && channel.read(found) >= 0) {
        // until the header is whole or the file ends
      }
      if (!found.flip().equals(ByteBuffer.wrap(header))
          || channel.size() != header.length + bytes) {
        throw new IOException(
            "not an index table of size "
                + size
                + ": a .npy file of 2 x "
                + size
                + " x "
                + size
                + " little-endian doubles is expected");
      }
      MemorySegment cells =
          channel.map(FileChannel.MapMode.READ_ONLY, header.length, bytes, Arena.ofAuto());
      return new IndexTable(corner, discount, size, cells);
    }
  }

  /** Writes the table as a NumPy file, format 1.0. */
  public void write(OutputStream out) throws IOException {
    out.write(header(size));
    long length = cells.byteSize();
    byte[] block = new byte[BLOCK];
    for (long at = 0; at < length; at += BLOCK) {
      int count = (int) Math.min(BLOCK, length - at);
      MemorySegment.copy(cells, ValueLayout.JAVA_BYTE, at, block, 0, count);
      out.write(block, 0, count);
    }
  }

  private static byte[] header(int size) {
    String words =
        "{'descr': '<f8', 'fortran_order': False, 'shape': (2, " + size + ", " + size + "), }";
    int length = (PREFIX + words.length() + 1 + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    ByteBuffer header = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    header.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    header.put((byte) 1).put((byte) 0).putShort((short) (length - PREFIX));
    header.put(words.getBytes(StandardCharsets.US_ASCII));
    while (header.hasRemaining()) {
      header.put((byte) (header.remaining() == 1 ? '\n' : ' '));
    }
    return header.array();
  }

  /** The arm of entry (0, 0). */
  public BetaBernoulliArm corner() {
    return corner;
  }

  /** The discount at which the table was made. */
  public double discount() {
    return discount;
  }

  /** Rows and columns. */
  public int size() {
    return size;
  }

  /** Whether the table has the arm with these counts: whole steps from the corner. */
  public boolean has(double alpha, double beta) {
    return step(alpha, corner.alpha()) >= 0 && step(beta, corner.beta()) >= 0;
  }

  private int step(double count, double first) {
    double step = count - first;
    return step >= 0 && step < size && step == Math.rint(step) && first + step == count
        ? (int) step
        : -1;
  }

  /**
   * At most the index.
   *
   * @throws IndexOutOfBoundsException when the table does not have the arm
   */
  public double lower(double alpha, double beta) {
    return cells.get(NUMBER, cell(alpha, beta) * Double.BYTES);
  }

  /** At least the index; see {@link #lower}. */
  public double upper(double alpha, double beta) {
    return cells.get(NUMBER, (cell(alpha, beta) + (long) size * size) * Double.BYTES);
  }

  /** The middle of the bracket; see {@link #lower}. */
  public double index(double alpha, double beta) {
    double lower = lower(alpha, beta);
    return lower + 0.5 * (upper(alpha, beta) - lower);
  }

  /**
   * The bracket of an arm, null when the table does not have it.
   *
   * @throws IllegalStateException when what a mapped file holds there is no bracket of an index
   */
  public @Nullable IndexBracket bracket(BetaBernoulliArm arm) {
    if (!has(arm.alpha(), arm.beta())) {
      return null;
    }
    double lower = lower(arm.alpha(), arm.beta());
    double upper = upper(arm.alpha(), arm.beta());
    double mean = arm.alpha() / (arm.alpha() + arm.beta());
    // An index lies between the mean and the largest reward; a bracket of it must meet that.
    if (!(lower <= upper && upper >= mean && lower <= 1)) {
      throw new IllegalStateException(
          "the table has no bracket of an index at " + arm + ": " + lower + " to " + upper);
    }
    return new IndexBracket(lower, upper, 0);
  }

  private long cell(double alpha, double beta) {
    int i = step(alpha, corner.alpha());
    int j = step(beta, corner.beta());
    if (i < 0 || j < 0) {
      throw new IndexOutOfBoundsException(
          "no entry at Beta(" + alpha + ", " + beta + ") in size " + size + " from " + corner);
    }
    return (long) i * size + j;
  }
}
