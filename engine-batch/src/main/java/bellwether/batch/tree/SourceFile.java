package bellwether.batch.tree;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A text file read whole: UTF-8, with or without a byte order mark. */
public final class SourceFile {
  /** The most that is read from what is not a plain file and so may never end. */
  static final int PIPE_LIMIT = 64 << 20;

  private static final int HEAD = 1 << 16;
  private static final int LARGEST = Integer.MAX_VALUE - 16;

  private final String shownName;
  private final Path path;
  private final byte[] bytes;
  private final int start;

  private SourceFile(String shownName, Path path, byte[] bytes) {
    this.shownName = shownName;
    this.path = path;
    this.bytes = bytes;
    boolean marked =
        bytes.length >= 3
            && bytes[0] == (byte) 0xEF
            && bytes[1] == (byte) 0xBB
            && bytes[2] == (byte) 0xBF;
    this.start = marked ? 3 : 0;
  }

  /**
   * Reads a file.
   *
   * @param name what messages call it
   * @throws UnreadableFileException when it is missing, no text, or too large
   */
  public static SourceFile read(String name, Path path) throws UnreadableFileException {
    String shown = Shown.plain(name);
    byte[] bytes;
    try {
      bytes = readAll(shown, path);
    } catch (IOException e) {
      throw new UnreadableFileException(shown + ": " + reason(e));
    }
    SourceFile file = new SourceFile(shown, path, bytes);
    file.checkText();
    return file;
  }

  /** A file that is in memory already, for tests and for text that has been read elsewhere. */
  static SourceFile of(String name, String text) {
    return new SourceFile(name, Path.of(name), text.getBytes(StandardCharsets.UTF_8));
  }

  /** Why a file could not be opened or read, in words. */
  public static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException _ -> "no such file";
      case AccessDeniedException _ -> "permission to read it is denied";
      case FileSystemException f when f.getReason() != null -> "cannot be read: " + f.getReason();
      default -> "cannot be read: " + e.getMessage();
    };
  }

  private static byte[] readAll(String shown, Path path)
      throws IOException, UnreadableFileException {
    if (Files.isDirectory(path)) {
      throw new UnreadableFileException(shown + ": is a directory, a file is expected");
    }
    boolean plain = Files.isRegularFile(path);
    try (InputStream in = Files.newInputStream(path)) {
      byte[] head = in.readNBytes(HEAD);
      for (byte b : head) {
        if (b == 0) {
          throw new UnreadableFileException(shown + ": is not a text file: it holds a zero byte");
        }
      }
      if (head.length < HEAD) {
        return head;
      }
      int limit = PIPE_LIMIT;
      if (plain) {
        limit = LARGEST;
        long size = Files.size(path);
        if (size > LARGEST) {
          throw new UnreadableFileException(
              shown
                  + ": "
                  + HeapSpace.size((double) size)
                  + " are too many for a text file, 2 GB are allowed: put large arrays into .npy"
                  + " files");
        }
        // The text once more while it is gathered, and some 12 bytes for each number of it.
        String refusal = HeapSpace.refusal("reading it", 4.0 * size);
        if (refusal != null) {
          throw new UnreadableFileException(
              shown + ": " + refusal + ", or put large arrays into .npy files");
        }
      }
      byte[] rest = in.readNBytes(limit - HEAD + 1);
      if (rest.length > limit - HEAD) {
        throw new UnreadableFileException(
            shown
                + ": more than "
                + HeapSpace.size(limit)
                + " came from what is not a plain file: write it to a file first");
      }
      byte[] all = new byte[HEAD + rest.length];
      System.arraycopy(head, 0, all, 0, HEAD);
      System.arraycopy(rest, 0, all, HEAD, rest.length);
      return all;
    }
  }

  private void checkText() throws UnreadableFileException {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(8192);
    while (true) {
      CoderResult result = decoder.decode(in, out, true);
      if (result.isError()) {
        Location at = locate(in.position());
        throw new UnreadableFileException(
            String.format(
                "%s:%d: column %d: the byte 0x%02x is not UTF-8 text",
                shownName, at.line(), at.column(), bytes[in.position()] & 0xFF));
      }
      if (result.isUnderflow()) {
        break;
      }
      out.clear();
    }
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == 0) {
        Location at = locate(i);
        throw new UnreadableFileException(
            shownName + ":" + at.line() + ": column " + at.column() + ": a zero byte is not text");
      }
    }
  }

  /** What messages call the file, printable. */
  public String shownName() {
    return shownName;
  }

  /** Where a file that this one names is. */
  public Path resolve(String other) {
    return path.resolveSibling(other);
  }

  /** What messages call a file that this one names: a name that works from where the user is. */
  public String sibling(String other) {
    return resolve(other).toString();
  }

  /** Where the file is. */
  public Path path() {
    return path;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Where the text begins in {@link #bytes}: after a byte order mark. */
  int start() {
    return start;
  }

  /** The text as a stream of bytes, without a byte order mark. */
  public InputStream open() {
    return new java.io.ByteArrayInputStream(bytes, start, bytes.length - start);
  }

  /** Whether there is nothing but white space. */
  public boolean isBlank() {
    for (int i = start; i < bytes.length; i++) {
      if (bytes[i] > ' ' || bytes[i] < 0) {
        return false;
      }
    }
    return true;
  }

  /** The byte offset of the character number {@code index}, from where {@code known} says. */
  int offsetAfter(int offset, int characters) {
    int at = offset;
    for (int left = characters; left > 0 && at < bytes.length; left--) {
      at++;
      while (at < bytes.length && isContinuation(bytes[at])) {
        at++;
      }
    }
    return at;
  }

  /** Line and column of a byte offset. */
  public Location locate(int position) {
    int line = 1;
    int column = 1;
    int end = Math.min(position, bytes.length);
    for (int i = start; i < end; i++) {
      byte b = bytes[i];
      if (b == '\n' || (b == '\r' && (i + 1 == bytes.length || bytes[i + 1] != '\n'))) {
        line++;
        column = 1;
      } else if (!isContinuation(b)) {
        column++;
      }
    }
    return new Location(line, column);
  }

  private static boolean isContinuation(byte b) {
    return (b & 0xC0) == 0x80;
  }

  /** The SHA-256 of the file, in hexadecimal digits. */
  public String sha256() {
    return HexFormat.of().formatHex(digest().digest(bytes));
  }

  /** A fresh SHA-256. */
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
