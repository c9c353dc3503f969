package bellwether.batch.cli;

/** The command line cannot be followed; nothing has been run. */
final class WrongCommandLineException extends Exception {
  private static final long serialVersionUID = 1;

  WrongCommandLineException(String message) {
    super(message);
  }
}
