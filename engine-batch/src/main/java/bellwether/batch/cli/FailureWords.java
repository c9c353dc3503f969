package bellwether.batch.cli;

import bellwether.batch.tree.HeapSpace;
import bellwether.batch.tree.Shown;

/** Puts failures of the program into one line. */
final class FailureWords {
  private FailureWords() {}

  static String of(Throwable failure) {
    // A failure on another thread arrives wrapped in copies of itself.
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof OutOfMemoryError) {
        return HeapSpace.exhausted();
      }
      if (cause instanceof StackOverflowError) {
        return "the Java stack ran out: raise it with BELLWETHER_JAVA_OPTS=-Xss...";
      }
    }
    if (failure instanceof UnsupportedOperationException && failure.getMessage() != null) {
      return Shown.plain(failure.getMessage());
    }
    String message = failure.getMessage();
    return "an error of the program, "
        + failure.getClass().getSimpleName()
        + (message == null ? "" : " (" + Shown.plain(message) + ")")
        + ": --debug shows where";
  }
}
