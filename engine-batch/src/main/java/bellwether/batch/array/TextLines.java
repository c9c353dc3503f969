package bellwether.batch.array;

import bellwether.batch.tree.PlainScalar;
import bellwether.batch.tree.Shown;
import bellwether.batch.tree.SourceFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/** A text file of numbers, line after line; what is wrong is told as {@code FILE:LINE: ...}. */
public final class TextLines implements AutoCloseable {
  private static final int LONGEST_LINE = 1 << 14;

  private final String name;
  private final char comment;
  private final MessageDigest digest = SourceFile.digest();
  private final InputStream in;
  private int lineNumber;

  private TextLines(String name, char comment, InputStream raw) {
    this.name = name;
    this.comment = comment;
    this.in = new BufferedInputStream(new DigestInputStream(raw, digest), 1 << 16);
  }

  /**
   * Opens a file.
   *
   * @param name what messages call it
   * @param comment what lines to skip begin with
   */
  public static TextLines open(String name, char comment, Path path) throws ArrayFileException {
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw new ArrayFileException(name + ": is not a plain file");
    }
    try {
      return new TextLines(name, comment, Files.newInputStream(path));
    } catch (IOException e) {
      throw new ArrayFileException(name + ": " + SourceFile.reason(e));
    }
  }

  /** What messages call the file. */
  public String name() {
    return name;
  }

  /** The line read last, from 1. */
  public int lineNumber() {
    return lineNumber;
  }

  /** What is wrong in the line read last. */
  public ArrayFileException wrong(String sentence) {
    return wrong(lineNumber, sentence);
  }

  /** What is wrong in a line. */
  public ArrayFileException wrong(int line, String sentence) {
    return new ArrayFileException(name + ":" + Math.max(1, line) + ": " + sentence);
  }

  /** The next line, or null at the end. */
  public @Nullable String line() throws IOException, ArrayFileException {
    int c = in.read();
    if (c < 0) {
      return null;
    }
    lineNumber++;
    StringBuilder line = new StringBuilder();
    for (; c >= 0 && c != '\n'; c = in.read()) {
      if (c == 0) {
        throw wrong("a zero byte is not text");
      }
      if (line.length() == LONGEST_LINE) {
        throw wrong("the line is longer than " + LONGEST_LINE + " characters");
      }
      line.append((char) c);
    }
    return line.toString();
  }

  /** The words of the next line that is neither blank nor a comment; null at the end. */
  public @Nullable StringTokenizer words() throws IOException, ArrayFileException {
    while (true) {
      String line = line();
      if (line == null) {
        return null;
      }
      if (!line.isBlank() && line.charAt(0) != comment) {
        return new StringTokenizer(line);
      }
    }
  }

  /** The same, where there must be {@code least} to {@code most} words. */
  public StringTokenizer words(int least, int most, String what)
      throws IOException, ArrayFileException {
    StringTokenizer words = words();
    if (words == null) {
      lineNumber++;
      throw wrong("the file ends where " + what + " should stand");
    }
    int given = words.countTokens();
    if (given < least || given > most) {
      StringBuilder line = new StringBuilder(words.nextToken());
      while (words.hasMoreTokens()) {
        line.append(' ').append(words.nextToken());
      }
      throw wrong(
          what
              + " must have "
              + least
              + (most > least ? " to " + most : "")
              + " words, "
              + given
              + " given: "
              + Shown.text(line.toString()));
    }
    return words;
  }

  /** Checks that nothing but blank lines and comments is left. */
  public void end(String more) throws IOException, ArrayFileException {
    if (words() != null) {
      throw wrong(more);
    }
  }

  /** A whole number from 0 to {@code most}. */
  public long count(String word, long most, String what) throws ArrayFileException {
    try {
      long value = Long.parseLong(word);
      if (value >= 0 && value <= most) {
        return value;
      }
    } catch (NumberFormatException _) {
      // Told below.
    }
    throw wrong(what + " must be a whole number at least 0, given " + Shown.text(word));
  }

  /** A finite number. */
  public double number(String word) throws ArrayFileException {
    if (!PlainScalar.isDecimal(word)) {
      String lower = word.toLowerCase(Locale.ROOT);
      if (!List.of("nan", "inf", "-inf", "+inf", "infinity", "-infinity").contains(lower)) {
        throw wrong("not a number, given " + Shown.text(word));
      }
      throw wrong("not a finite number, given " + Shown.text(word));
    }
    double value = Double.parseDouble(word);
    if (!Double.isFinite(value)) {
      throw wrong("not a finite number, given " + Shown.text(word));
    }
    return value;
  }

  /** The SHA-256 of the file, once it has been read. */
  public String sha256() {
    return HexFormat.of().formatHex(digest.digest());
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
