package bellwether.batch.array;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes vectors as NumPy files, format 1.0. */
public final class NpyWriter {
  private static final int BLOCK = 1 << 13;

  /** Where the numbers begin is a multiple of this. */
  private static final int ALIGNMENT = 64;

  private NpyWriter() {}

  /** Doubles, as {@code <f8}. */
  public static void write(OutputStream out, double[] values) throws IOException {
    out.write(header("<f8", values.length));
    byte[] block = new byte[BLOCK * Double.BYTES];
    ByteBuffer view = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < values.length; from += BLOCK) {
      int count = Math.min(BLOCK, values.length - from);
      view.asDoubleBuffer().put(values, from, count);
      out.write(block, 0, count * Double.BYTES);
    }
  }

  /** Ints, as {@code <i4}. */
  public static void write(OutputStream out, int[] values) throws IOException {
    out.write(header("<i4", values.length));
    byte[] block = new byte[BLOCK * Double.BYTES];
    ByteBuffer view = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < values.length; from += BLOCK) {
      int count = Math.min(BLOCK, values.length - from);
      view.asIntBuffer().put(values, from, count);
      out.write(block, 0, count * Integer.BYTES);
    }
  }

  private static byte[] header(String type, int length) {
    String words =
        "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + length + ",), }";
    int before = 10;
    int size = (before + words.length() + 1 + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    ByteBuffer header = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    header.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    header.put((byte) 1).put((byte) 0).putShort((short) (size - before));
    header.put(words.getBytes(StandardCharsets.US_ASCII));
    while (header.hasRemaining()) {
      header.put((byte) (header.remaining() == 1 ? '\n' : ' '));
    }
    return header.array();
  }
}
