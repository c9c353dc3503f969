package bellwether.batch.parquet;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes a Parquet file, and reads what it wrote (format 2.x, Apache Parquet's parquet.thrift):
 * required columns, plain encoding, no compression. Row groups of a million rows, in pages of 128
 * thousand.
 *
 * <p>Written here because the format's own library brings Hadoop along, ten megabytes that would be
 * loaded for what is a header, the numbers and a footer.
 */
public final class ParquetFile {
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final int PAGE_ROWS = 1 << 17;
  private static final int GROUP_ROWS = 8 * PAGE_ROWS;
  private static final int REQUIRED = 0;
  private static final int PLAIN = 0;
  private static final int RLE = 3;
  private static final int UNCOMPRESSED = 0;
  private static final int DATA_PAGE = 0;

  private final Side side;
  private final byte[] block = new byte[PAGE_ROWS * Double.BYTES];
  private long written;

  private ParquetFile(Side side) {
    this.side = side;
  }

  /** What is done with a file, part after part. */
  private interface Side {
    /** A header, the schema or the footer. */
    void structure(byte[] bytes) throws IOException;

    /** Numbers of a column, in the first bytes of a block. */
    void page(ParquetColumn column, int from, int to, byte[] block, int bytes) throws IOException;
  }

  private static ByteBuffer numbers(byte[] block) {
    return ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
  }

  private record Writing(OutputStream out) implements Side {
    @Override
    public void structure(byte[] bytes) throws IOException {
      out.write(bytes);
    }

    @Override
    public void page(ParquetColumn column, int from, int to, byte[] block, int bytes)
        throws IOException {
      column.put(from, to, numbers(block));
      out.write(block, 0, bytes);
    }
  }

  private record Reading(InputStream in) implements Side {
    @Override
    public void structure(byte[] bytes) throws IOException {
      if (!Arrays.equals(in.readNBytes(bytes.length), bytes)) {
        throw new IOException("not a Parquet file of these columns that Bellwether wrote");
      }
    }

    @Override
    public void page(ParquetColumn column, int from, int to, byte[] block, int bytes)
        throws IOException {
      if (in.readNBytes(block, 0, bytes) != bytes) {
        throw new IOException("the Parquet file ends early");
      }
      column.take(from, to, numbers(block));
    }
  }

  /**
   * Writes columns of one length.
   *
   * @param writer who writes, for the footer: a name and a version
   * @throws IllegalArgumentException when lengths differ or there is no column
   */
  public static void write(OutputStream out, String writer, ParquetColumn... columns)
      throws IOException {
    if (columns.length == 0) {
      throw new IllegalArgumentException("columns must be at least one: 0");
    }
    for (ParquetColumn column : columns) {
      if (column.size() != columns[0].size()) {
        throw new IllegalArgumentException(
            "columns must have one length: " + columns[0].size() + " and " + column.size());
      }
    }
    new ParquetFile(new Writing(out)).all(writer, List.of(columns));
  }

  /**
   * Reads a file that {@link #write} wrote with columns of these names, types and lengths, into
   * them. Parquet files of other programs are refused.
   *
   * @throws IOException when the file is another or cannot be read
   */
  public static void read(InputStream in, String writer, ParquetColumn... columns)
      throws IOException {
    new ParquetFile(new Reading(in)).all(writer, List.of(columns));
    if (in.read() >= 0) {
      throw new IOException("the Parquet file does not end where it should");
    }
  }

  private void all(String writer, List<ParquetColumn> columns) throws IOException {
    int rows = columns.getFirst().size();
    put(MAGIC);
    List<ThriftStruct> groups = new ArrayList<>();
    for (int from = 0; from < rows; from += GROUP_ROWS) {
      groups.add(group(columns, from, (int) Math.min(rows, (long) from + GROUP_ROWS)));
    }
    List<ThriftStruct> schema = new ArrayList<>();
    schema.add(new ThriftStruct().text(4, "schema").i32(5, columns.size()));
    for (ParquetColumn column : columns) {
      schema.add(new ThriftStruct().i32(1, column.type()).i32(3, REQUIRED).text(4, column.name()));
    }
    byte[] footer =
        new ThriftStruct()
            .i32(1, 2)
            .structs(2, schema)
            .i64(3, rows)
            .structs(4, groups)
            .text(6, writer)
            .bytes();
    put(footer);
    put(
        ByteBuffer.allocate(Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(footer.length)
            .array());
    put(MAGIC);
  }

  private void put(byte[] bytes) throws IOException {
    side.structure(bytes);
    written += bytes.length;
  }

  private ThriftStruct group(List<ParquetColumn> columns, int from, int to) throws IOException {
    List<ThriftStruct> chunks = new ArrayList<>();
    long begin = written;
    for (ParquetColumn column : columns) {
      chunks.add(chunk(column, from, to));
    }
    return new ThriftStruct().structs(1, chunks).i64(2, written - begin).i64(3, to - from);
  }

  private ThriftStruct chunk(ParquetColumn column, int from, int to) throws IOException {
    long begin = written;
    for (int row = from; row < to; row += PAGE_ROWS) {
      int end = Math.min(to, row + PAGE_ROWS);
      int bytes = (end - row) * column.width();
      ThriftStruct dataPage =
          new ThriftStruct().i32(1, end - row).i32(2, PLAIN).i32(3, RLE).i32(4, RLE);
      put(
          new ThriftStruct()
              .i32(1, DATA_PAGE)
              .i32(2, bytes)
              .i32(3, bytes)
              .struct(5, dataPage)
              .bytes());
      side.page(column, row, end, block, bytes);
      written += bytes;
    }
    ThriftStruct metadata =
        new ThriftStruct()
            .i32(1, column.type())
            .i32s(2, PLAIN, RLE)
            .texts(3, column.name())
            .i32(4, UNCOMPRESSED)
            .i64(5, to - from)
            .i64(6, written - begin)
            .i64(7, written - begin)
            .i64(9, begin);
    return new ThriftStruct().i64(2, begin).struct(3, metadata);
  }
}
