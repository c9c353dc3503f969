package bellwether.batch.array;

import bellwether.batch.tree.HeapSpace;
import bellwether.batch.tree.Shown;
import bellwether.batch.tree.SourceFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A NumPy array file, formats 1.0 to 3.0: magic, version, a header in Python's words, raw numbers
 * (numpy.lib.format).
 */
final class NpyFile implements ArrayFile {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int LONGEST_HEADER = 1 << 16;
  private static final Pattern DESCR = Pattern.compile("'descr'\\s*:\\s*'([^']*)'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9,\\s]*)\\)");

  private final String name;
  private final ReadableByteChannel channel;

  /** Bytes of the file. */
  private final long length;

  private final NpyNumber number;
  private final boolean byColumns;
  private final long[] shape;
  private final long rows;
  private final long columns;
  private final MessageDigest digest = SourceFile.digest();
  private final ByteBuffer buffer;

  /** Bytes that have come into the buffer so far. */
  private long consumed;

  private NpyFile(String name, ReadableByteChannel channel, long length, int mostDimensions)
      throws IOException, ArrayFileException {
    this.name = name;
    this.channel = channel;
    this.length = length;
    this.buffer = ByteBuffer.allocate(1 << 18).order(ByteOrder.LITTLE_ENDIAN).limit(0);
    String header = header();
    Matcher descr = DESCR.matcher(header);
    Matcher order = ORDER.matcher(header);
    Matcher sides = SHAPE.matcher(header);
    if (!descr.find() || !order.find() || !sides.find()) {
      throw new ArrayFileException(
          name
              + ": its header does not give a plain number type, order and shape: "
              + Shown.text(header.strip()));
    }
    NpyNumber type = NpyNumber.of(descr.group(1));
    if (type == null) {
      throw new ArrayFileException(
          name
              + ": numbers of type "
              + Shown.text(descr.group(1))
              + ", allowed: f2, f4, f8, i1 to i8, u1 to u8 and b1");
    }
    this.number = type;
    this.byColumns = order.group(1).equals("True");
    this.shape = shape(sides.group(1), mostDimensions);
    this.columns = shape[shape.length - 1];
    long product = 1;
    for (int i = 0; i < shape.length - 1; i++) {
      product *= shape[i];
    }
    this.rows = product;
    checkLength();
    buffer.order(type.order());
  }

  static NpyFile open(String name, Path path, int mostDimensions)
      throws IOException, ArrayFileException {
    FileChannel channel = FileChannel.open(path);
    return open(name, channel, channel.size(), mostDimensions);
  }

  /** Takes the channel over: it is closed with the file, also when that cannot be opened. */
  static NpyFile open(String name, ReadableByteChannel channel, long length, int mostDimensions)
      throws IOException, ArrayFileException {
    try {
      return new NpyFile(name, channel, length, mostDimensions);
    } catch (EOFException e) {
      channel.close();
      throw new ArrayFileException(name + ": ends within its header");
    } catch (IOException | ArrayFileException e) {
      channel.close();
      throw e;
    }
  }

  private String header() throws IOException, ArrayFileException {
    for (byte expected : MAGIC) {
      if (length < MAGIC.length || next(1).get() != expected) {
        throw new ArrayFileException(
            name + ": is not a NumPy file: it does not begin with \\x93NUMPY");
      }
    }
    int major = next(2).get();
    int minor = buffer.get();
    if (major < 1 || major > 3) {
      throw new ArrayFileException(
          name + ": format " + major + "." + minor + ", allowed: 1.0 to 3.0");
    }
    int size = major == 1 ? next(2).getShort() & 0xFFFF : next(4).getInt();
    if (size < 0 || size > LONGEST_HEADER) {
      throw new ArrayFileException(name + ": its header would have " + size + " bytes");
    }
    byte[] header = new byte[size];
    for (int i = 0; i < size; i++) {
      header[i] = next(1).get();
    }
    return new String(header, StandardCharsets.UTF_8);
  }

  private long[] shape(String words, int most) throws ArrayFileException {
    String[] sizes = words.isBlank() ? new String[0] : words.strip().split("\\s*,\\s*", -1);
    int count =
        sizes.length > 0 && sizes[sizes.length - 1].isEmpty() ? sizes.length - 1 : sizes.length;
    if (count < 1 || count > most) {
      throw new ArrayFileException(
          name
              + ": an array of "
              + count
              + " dimensions, allowed: "
              + (most == 1 ? "1" : most == 2 ? "1 or 2" : "1 to " + most));
    }
    long[] shape = new long[count];
    for (int i = 0; i < count; i++) {
      shape[i] = size(sizes[i]);
    }
    return shape;
  }

  private long size(String digits) throws ArrayFileException {
    try {
      long size = Long.parseLong(digits);
      if (size <= Integer.MAX_VALUE) {
        return size;
      }
    } catch (NumberFormatException _) {
      // Told below: too large for a long, or no number.
    }
    throw new ArrayFileException(name + ": a dimension of " + digits + " is too large");
  }

  private void checkLength() throws ArrayFileException {
    long begin = consumed - buffer.remaining();
    double needed = (double) rows * columns * number.bytes();
    double given = length - (double) begin;
    if (given != needed) {
      throw new ArrayFileException(
          String.format(
              "%s: is %s: %.0f bytes of numbers given, %.0f needed for %s",
              name, given < needed ? "cut short" : "too long", given, needed, words()));
    }
  }

  private String words() {
    return Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(" x "))
        + " numbers";
  }

  /** The buffer with at least {@code bytes} to read. */
  private ByteBuffer next(int bytes) throws IOException {
    if (buffer.remaining() < bytes) {
      buffer.compact();
      int from = buffer.position();
      while (buffer.position() < bytes) {
        if (channel.read(buffer) < 0) {
          throw new EOFException();
        }
      }
      consumed += buffer.position() - from;
      digest.update(buffer.array(), from, buffer.position() - from);
      buffer.flip();
    }
    return buffer;
  }

  @Override
  public int dimensions() {
    return shape.length;
  }

  @Override
  public long[] shape() {
    return shape.clone();
  }

  @Override
  public long rows() {
    return rows;
  }

  @Override
  public long columns() {
    return columns;
  }

  @Override
  public double @Nullable [] read(RowCheck check) throws IOException, ArrayFileException {
    String refusal = HeapSpace.refusal(name, 8.0 * rows * columns);
    if (refusal != null) {
      throw new ArrayFileException(refusal);
    }
    if (rows * columns > Integer.MAX_VALUE - 8) {
      throw new ArrayFileException(name + ": " + words() + " are too many for one array");
    }
    try {
      return byColumns && shape.length > 1 ? readByColumns(check) : readByRows(check);
    } catch (EOFException e) {
      throw new ArrayFileException(name + ": was cut short while it was read");
    }
  }

  /**
   * Hands every row to {@code visitor}, in order, and keeps none where the order in the file
   * allows.
   */
  void visit(RowCheck visitor) throws IOException, ArrayFileException {
    if (byColumns && shape.length > 1) {
      read(visitor);
      return;
    }
    int n = (int) columns;
    double[] row = new double[n];
    try {
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < n; c++) {
          row[c] = number.read(next(number.bytes()));
        }
        if (!visitor.accept(r, row, 0, n)) {
          return;
        }
      }
    } catch (EOFException e) {
      throw new ArrayFileException(name + ": was cut short while it was read");
    }
  }

  private double @Nullable [] readByRows(RowCheck check) throws IOException {
    int n = (int) columns;
    double[] row = new double[n];
    double[] all = new double[0];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < n; c++) {
        row[c] = number.read(next(number.bytes()));
      }
      if (!check.accept(r, row, 0, n)) {
        return null;
      }
      if (rows == 1) {
        return row;
      }
      // Only now: a huge file of nonsense is refused by its first row.
      if (r == 0) {
        all = new double[(int) (rows * columns)];
      }
      System.arraycopy(row, 0, all, r * n, n);
    }
    return all;
  }

  private double @Nullable [] readByColumns(RowCheck check) throws IOException {
    int n = (int) columns;
    double[] all = new double[(int) (rows * columns)];
    int layers = shape.length == 3 ? (int) shape[0] : 1;
    int rowsALayer = shape.length == 3 ? (int) shape[1] : (int) rows;
    for (int c = 0; c < n; c++) {
      for (int r = 0; r < rowsALayer; r++) {
        for (int layer = 0; layer < layers; layer++) {
          all[(layer * rowsALayer + r) * n + c] = number.read(next(number.bytes()));
        }
      }
    }
    for (int r = 0; r < rows; r++) {
      if (!check.accept(r, all, r * n, n)) {
        return null;
      }
    }
    return all;
  }

  @Override
  public String sha256() {
    return HexFormat.of().formatHex(digest.digest());
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
