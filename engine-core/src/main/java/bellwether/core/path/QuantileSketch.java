package bellwether.core.path;

import it.unimi.dsi.fastutil.doubles.DoubleArrays;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Quantiles of a stream in little memory: a number at level h stands for 2^h. A level that is full
 * is sorted, and every other number, the first or the second of each pair in turns, goes up one
 * level (Manku, Rajagopalan and Lindsay 1998; Karnin, Lang and Liberty 2016, without their coins:
 * the same numbers in the same order give the same sketch). Two sketches merge level by level.
 *
 * <p>{@link #rankError} is a bound, not an estimate: a compaction at level h moves ranks by at most
 * 2^h, all together by at most n log2(n / capacity) / (2 capacity) of n.
 */
public final class QuantileSketch {
  private final int capacity;
  private double[][] level = new double[0][];
  private int[] size = new int[0];
  private boolean[] second = new boolean[0];
  private long count;
  private long rankError;

  /**
   * An empty sketch.
   *
   * @param capacity numbers of a level, even, at least 2
   */
  public QuantileSketch(int capacity) {
    if (capacity < 2 || capacity % 2 != 0) {
      throw new IllegalArgumentException("capacity must be even and >= 2: " + capacity);
    }
    this.capacity = capacity;
  }

  /** How many numbers it has seen. */
  public long count() {
    return count;
  }

  /** How far ranks in the sketch may be from true ones. */
  public long rankError() {
    return rankError;
  }

  /** Takes in numbers, none of them NaN. */
  public void add(double[] values, int offset, int length) {
    count += length;
    append(0, values, offset, length);
  }

  /** Takes in all that another sketch of the same capacity has seen. */
  public void merge(QuantileSketch other) {
    if (other.capacity != capacity) {
      throw new IllegalArgumentException(
          "capacities must be equal: " + other.capacity + " and " + capacity);
    }
    count += other.count;
    rankError += other.rankError;
    for (int h = 0; h < other.level.length; h++) {
      append(h, other.level[h], 0, other.size[h]);
    }
  }

  private void append(int h, double[] values, int offset, int length) {
    if (h >= level.length) {
      level = Arrays.copyOf(level, h + 1);
      level[h] = new double[capacity];
      size = Arrays.copyOf(size, h + 1);
      second = Arrays.copyOf(second, h + 1);
    }
    int from = offset;
    int left = length;
    while (left > 0) {
      int part = Math.min(left, capacity - size[h]);
      System.arraycopy(values, from, level[h], size[h], part);
      size[h] += part;
      from += part;
      left -= part;
      if (size[h] == capacity) {
        compact(h);
      }
    }
  }

  private void compact(int h) {
    double[] full = level[h];
    Arrays.sort(full);
    int first = second[h] ? 1 : 0;
    second[h] = !second[h];
    int half = capacity / 2;
    for (int i = 0; i < half; i++) {
      full[i] = full[2 * i + first];
    }
    size[h] = 0;
    rankError += 1L << h;
    append(h + 1, full, 0, half);
  }

  /**
   * The numbers of some ranks: for each, the least number of the sketch that has at least this
   * rank.
   *
   * @param ranks from 1 to {@link #count}, others are taken to be the nearest of these
   * @throws IllegalStateException when the sketch has seen nothing
   */
  public double[] ofRanks(double... ranks) {
    if (count == 0) {
      throw new IllegalStateException("no numbers");
    }
    int total = 0;
    for (int n : size) {
      total += n;
    }
    double[] value = new double[total];
    double[] weight = new double[total];
    int at = 0;
    for (int h = 0; h < level.length; h++) {
      System.arraycopy(level[h], 0, value, at, size[h]);
      Arrays.fill(weight, at, at + size[h], (double) (1L << h));
      at += size[h];
    }
    DoubleArrays.quickSort(value, weight);
    double[] found = new double[ranks.length];
    for (int r = 0; r < ranks.length; r++) {
      double below = 0;
      int i = 0;
      while (i < total - 1 && below + weight[i] < ranks[r]) {
        below += weight[i++];
      }
      found[r] = value[i];
    }
    return found;
  }

  /** Writes the sketch. */
  void save(DataOutput out) throws IOException {
    out.writeInt(capacity);
    out.writeLong(count);
    out.writeLong(rankError);
    out.writeInt(level.length);
    for (int h = 0; h < level.length; h++) {
      out.writeBoolean(second[h]);
      out.writeInt(size[h]);
      for (int i = 0; i < size[h]; i++) {
        out.writeDouble(level[h][i]);
      }
    }
  }

  /** Reads what was written. */
  static QuantileSketch load(DataInput in) throws IOException {
    int capacity = in.readInt();
    if (capacity < 2 || capacity > 1 << 24) {
      throw new IOException("not a sketch");
    }
    QuantileSketch sketch = new QuantileSketch(capacity);
    sketch.count = in.readLong();
    sketch.rankError = in.readLong();
    int levels = in.readInt();
    if (levels < 0 || levels > Long.SIZE) {
      throw new IOException("not a sketch");
    }
    sketch.level = new double[levels][capacity];
    sketch.size = new int[levels];
    sketch.second = new boolean[levels];
    for (int h = 0; h < levels; h++) {
      sketch.second[h] = in.readBoolean();
      sketch.size[h] = in.readInt();
      if (sketch.size[h] < 0 || sketch.size[h] > capacity) {
        throw new IOException("not a sketch");
      }
      for (int i = 0; i < sketch.size[h]; i++) {
        sketch.level[h][i] = in.readDouble();
      }
    }
    return sketch;
  }
}
