package bellwether.batch.array;

/** An array file that cannot be used; the message begins with its name. */
public final class ArrayFileException extends Exception {
  private static final long serialVersionUID = 1;

  /** With a line that begins with the file's name. */
  public ArrayFileException(String message) {
    super(message);
  }
}
