package bellwether.batch.parquet;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a Parquet file (format 2.x, Apache Parquet's parquet.thrift): required columns, plain
 * encoding, no compression. Row groups of a million rows, in pages of 128 thousand.
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

  private final OutputStream out;
  private final ByteBuffer page =
      ByteBuffer.allocate(PAGE_ROWS * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private long written;

  private ParquetFile(OutputStream out) {
    this.out = out;
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
    new ParquetFile(out).write(writer, List.of(columns));
  }

  private void write(String writer, List<ParquetColumn> columns) throws IOException {
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
    out.write(bytes);
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
      page.clear();
      column.put(row, end, page);
      out.write(page.array(), 0, bytes);
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
