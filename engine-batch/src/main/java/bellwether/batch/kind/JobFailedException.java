package bellwether.batch.kind;

/** A job that is right but could not be solved; the message is for the user. */
public final class JobFailedException extends Exception {
  private static final long serialVersionUID = 1;

  /** With a sentence for the user. */
  public JobFailedException(String message) {
    super(message);
  }

  /** With a sentence for the user and what it comes from. */
  public JobFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
