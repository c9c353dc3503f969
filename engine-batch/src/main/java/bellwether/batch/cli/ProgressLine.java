package bellwether.batch.cli;

import java.io.PrintStream;
import java.util.function.Consumer;

/** One line on a terminal that says how far a job is, rewritten in place and gone at the end. */
final class ProgressLine implements Consumer<String>, AutoCloseable {
  /** Jobs that end sooner than this show nothing. */
  private static final long FIRST_NANOS = 1_000_000_000;

  private static final long NEXT_NANOS = 200_000_000;

  private final PrintStream terminal;
  private final boolean shown;
  private long next = System.nanoTime() + FIRST_NANOS;
  private int width;

  /**
   * A line that has nothing to say yet.
   *
   * @param shown whether it is to be seen at all
   */
  ProgressLine(PrintStream terminal, boolean shown) {
    this.terminal = terminal;
    this.shown = shown;
  }

  @Override
  public void accept(String words) {
    if (!shown || System.nanoTime() < next) {
      return;
    }
    next = System.nanoTime() + NEXT_NANOS;
    write(words);
  }

  private void write(String words) {
    terminal.print("\r" + words + " ".repeat(Math.max(0, width - words.length())));
    terminal.flush();
    width = words.length();
  }

  @Override
  public void close() {
    if (width > 0) {
      write("");
      terminal.print("\r");
      terminal.flush();
    }
  }
}
