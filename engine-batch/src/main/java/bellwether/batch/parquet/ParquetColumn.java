package bellwether.batch.parquet;

import java.nio.ByteBuffer;

/** A column of numbers, none of them missing. */
public sealed interface ParquetColumn {
  /** The column's name. */
  String name();

  /** How many numbers there are. */
  int size();

  /** Parquet's number of the type. */
  int type();

  /** Bytes of one number. */
  int width();

  /** Appends the numbers from {@code from} to {@code to}, in little-endian order. */
  void put(int from, int to, ByteBuffer target);

  /**
   * The opposite: takes numbers {@code from} to {@code to} over.
   *
   * @throws UnsupportedOperationException where they cannot be changed
   */
  default void take(int from, int to, ByteBuffer source) {
    throw new UnsupportedOperationException(name() + " is not read");
  }

  /** Doubles. */
  @SuppressWarnings("ArrayRecordComponent")
  record Doubles(String name, double[] values) implements ParquetColumn {
    @Override
    public int size() {
      return values.length;
    }

    @Override
    public int type() {
      return 5;
    }

    @Override
    public int width() {
      return Double.BYTES;
    }

    @Override
    public void put(int from, int to, ByteBuffer target) {
      for (int i = from; i < to; i++) {
        target.putDouble(values[i]);
      }
    }

    @Override
    public void take(int from, int to, ByteBuffer source) {
      for (int i = from; i < to; i++) {
        values[i] = source.getDouble();
      }
    }
  }

  /** Ints. */
  @SuppressWarnings("ArrayRecordComponent")
  record Ints(String name, int[] values) implements ParquetColumn {
    @Override
    public int size() {
      return values.length;
    }

    @Override
    public int type() {
      return 1;
    }

    @Override
    public int width() {
      return Integer.BYTES;
    }

    @Override
    public void put(int from, int to, ByteBuffer target) {
      for (int i = from; i < to; i++) {
        target.putInt(values[i]);
      }
    }

    @Override
    public void take(int from, int to, ByteBuffer source) {
      for (int i = from; i < to; i++) {
        values[i] = source.getInt();
      }
    }
  }

  /** 0, 1, 2, ...: the numbers of the rows. */
  record RowNumbers(String name, int size) implements ParquetColumn {
    @Override
    public int type() {
      return 1;
    }

    @Override
    public int width() {
      return Integer.BYTES;
    }

    @Override
    public void put(int from, int to, ByteBuffer target) {
      for (int i = from; i < to; i++) {
        target.putInt(i);
      }
    }
  }
}
