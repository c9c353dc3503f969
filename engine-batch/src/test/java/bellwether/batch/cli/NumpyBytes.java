package bellwether.batch.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** NumPy's files, made by hand. */
final class NumpyBytes {
  private NumpyBytes() {}

  /** An array of doubles in C order. */
  static byte[] npy(String shape, double... values) {
    return npy("<f8", false, shape, values);
  }

  /** The numbers as they come, whatever the order that the header tells. */
  static byte[] npy(String type, boolean byColumns, String shape, double... values) {
    ByteBuffer numbers = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (double value : values) {
      if (type.equals("<i4")) {
        numbers.putInt((int) value);
      } else {
        numbers.putDouble(value);
      }
    }
    byte[] bytes = new byte[numbers.position()];
    numbers.get(0, bytes);
    return raw(type, byColumns, shape, bytes);
  }

  static byte[] raw(String type, boolean byColumns, String shape, byte[] numbers) {
    String header =
        "{'descr': '"
            + type
            + "', 'fortran_order': "
            + (byColumns ? "True" : "False")
            + ", 'shape': "
            + shape
            + ", }\n";
    ByteBuffer file =
        ByteBuffer.allocate(10 + header.length() + numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    file.put((byte) 1).put((byte) 0).putShort((short) header.length());
    file.put(header.getBytes(StandardCharsets.US_ASCII)).put(numbers);
    return file.array();
  }

  /** An archive of arrays. */
  static byte[] npz(boolean packed, Map<String, byte[]> members) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.setLevel(packed ? Deflater.DEFAULT_COMPRESSION : Deflater.NO_COMPRESSION);
      for (Map.Entry<String, byte[]> member : members.entrySet()) {
        zip.putNextEntry(new ZipEntry(member.getKey() + ".npy"));
        zip.write(member.getValue());
        zip.closeEntry();
      }
    }
    return out.toByteArray();
  }
}
