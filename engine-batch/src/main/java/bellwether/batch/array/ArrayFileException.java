package bellwether.batch.array;

/** An array file that cannot be used; the message begins with its name. */
final class ArrayFileException extends Exception {
  private static final long serialVersionUID = 1;

  ArrayFileException(String message) {
    super(message);
  }
}
