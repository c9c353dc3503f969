package bellwether.batch.array;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * A number type of NumPy.
 *
 * @param kind {@code f}, {@code i}, {@code u} or {@code b}
 * @param bytes the size of one number
 * @param order the order of its bytes
 */
record NpyNumber(char kind, int bytes, ByteOrder order) {

  /** The type that {@code descr} names, such as {@code <f8}; null when it is no real number. */
  static @Nullable NpyNumber of(String descr) {
    if (descr.length() != 3) {
      return null;
    }
    char kind = descr.charAt(1);
    int bytes = descr.charAt(2) - '0';
    boolean known =
        switch (kind) {
          case 'f' -> bytes == 2 || bytes == 4 || bytes == 8;
          case 'i', 'u' -> bytes == 1 || bytes == 2 || bytes == 4 || bytes == 8;
          case 'b' -> bytes == 1;
          default -> false;
        };
    if (!known) {
      return null;
    }
    return switch (descr.charAt(0)) {
      case '<' -> new NpyNumber(kind, bytes, ByteOrder.LITTLE_ENDIAN);
      case '>' -> new NpyNumber(kind, bytes, ByteOrder.BIG_ENDIAN);
      case '=' -> new NpyNumber(kind, bytes, ByteOrder.nativeOrder());
      case '|' -> bytes == 1 ? new NpyNumber(kind, bytes, ByteOrder.LITTLE_ENDIAN) : null;
      default -> null;
    };
  }

  double read(ByteBuffer from) {
    if (kind == 'f') {
      return switch (bytes) {
        case 2 -> Float.float16ToFloat(from.getShort());
        case 4 -> from.getFloat();
        default -> from.getDouble();
      };
    }
    boolean signed = kind == 'i';
    return switch (bytes) {
      case 1 -> signed ? from.get() : from.get() & 0xFF;
      case 2 -> signed ? from.getShort() : from.getShort() & 0xFFFF;
      case 4 -> signed ? from.getInt() : from.getInt() & 0xFFFF_FFFFL;
      default -> signed ? from.getLong() : unsigned(from.getLong());
    };
  }

  private static double unsigned(long value) {
    // Half of it keeps the lowest bit, so that rounding is the same.
    return value >= 0 ? value : 2.0 * ((value >>> 1) | (value & 1));
  }
}
