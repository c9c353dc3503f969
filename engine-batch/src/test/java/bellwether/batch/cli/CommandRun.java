package bellwether.batch.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** One run of the command line inside the test's own process. */
record CommandRun(int status, String out, String err) {

  static CommandRun of(Object... words) {
    return on(false, words);
  }

  static CommandRun onTerminal(Object... words) {
    return on(true, words);
  }

  private static CommandRun on(boolean terminal, Object... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    BatchCommand command =
        new BatchCommand(
            new StandardOutput(out), new PrintStream(err, true, StandardCharsets.UTF_8), terminal);
    int status = command.run(Arrays.stream(words).map(String::valueOf).toArray(String[]::new));
    return new CommandRun(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** The lines on standard error, without the folder of the test. */
  List<String> errLines(Path folder) {
    return err.replace(folder + "/", "").lines().toList();
  }
}
