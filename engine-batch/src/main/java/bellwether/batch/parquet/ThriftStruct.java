package bellwether.batch.parquet;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes one struct in Thrift's compact protocol: fields by increasing number, each a byte of the
 * distance to the field before and its type, then its value; zero ends the struct. Integers are
 * zigzag varints.
 */
final class ThriftStruct {
  private static final int I32 = 5;
  private static final int I64 = 6;
  private static final int BINARY = 8;
  private static final int LIST = 9;
  private static final int STRUCT = 12;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int last;

  private void header(int field, int type) {
    // Fields lie less than 16 apart in all structs written here.
    out.write(((field - last) << 4) | type);
    last = field;
  }

  private static void varint(ByteArrayOutputStream out, long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.write((int) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  private static void zigzag(ByteArrayOutputStream out, long value) {
    varint(out, (value << 1) ^ (value >> 63));
  }

  ThriftStruct i32(int field, int value) {
    header(field, I32);
    zigzag(out, value);
    return this;
  }

  ThriftStruct i64(int field, long value) {
    header(field, I64);
    zigzag(out, value);
    return this;
  }

  ThriftStruct text(int field, String value) {
    header(field, BINARY);
    string(value);
    return this;
  }

  private void string(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    varint(out, bytes.length);
    out.writeBytes(bytes);
  }

  ThriftStruct struct(int field, ThriftStruct value) {
    header(field, STRUCT);
    out.writeBytes(value.bytes());
    return this;
  }

  private void listHeader(int field, int size, int type) {
    header(field, LIST);
    if (size < 15) {
      out.write((size << 4) | type);
    } else {
      out.write(0xF0 | type);
      varint(out, size);
    }
  }

  ThriftStruct structs(int field, List<ThriftStruct> values) {
    listHeader(field, values.size(), STRUCT);
    values.forEach(value -> out.writeBytes(value.bytes()));
    return this;
  }

  ThriftStruct i32s(int field, int... values) {
    listHeader(field, values.length, I32);
    for (int value : values) {
      zigzag(out, value);
    }
    return this;
  }

  ThriftStruct texts(int field, String... values) {
    listHeader(field, values.length, BINARY);
    for (String value : values) {
      string(value);
    }
    return this;
  }

  /** The struct with its end. May be asked for once. */
  byte[] bytes() {
    out.write(0);
    return out.toByteArray();
  }
}
