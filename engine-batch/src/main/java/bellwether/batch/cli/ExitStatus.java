package bellwether.batch.cli;

/** What the process leaves with. */
final class ExitStatus {
  /** All was done. */
  static final int DONE = 0;

  /** A job failed while it ran, or its result could not be written. */
  static final int FAILED = 1;

  /**
   * The command line is wrong and nothing was run, or a job file is wrong and the others were run.
   * A wrong file beside a failed job gives this status too: it is the one that the user must mend.
   */
  static final int WRONG = 2;

  /** Interrupted, as by Ctrl-C. */
  static final int INTERRUPTED = 130;

  private ExitStatus() {}

  /** The status of two things done one after the other. */
  static int worse(int a, int b) {
    return Math.max(a, b);
  }
}
