package bellwether.batch.tree;

/** A file that cannot be taken in at all. The message is a whole line that begins with its name. */
public final class UnreadableFileException extends Exception {
  private static final long serialVersionUID = 1;

  /** With the line that tells why. */
  public UnreadableFileException(String line) {
    super(line);
  }
}
