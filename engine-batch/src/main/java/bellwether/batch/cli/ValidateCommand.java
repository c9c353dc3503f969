package bellwether.batch.cli;

import bellwether.batch.kind.ReadJob;
import bellwether.batch.tree.Shown;
import java.io.PrintStream;
import java.util.List;

/** {@code validate}: reads jobs, and all that they name, as {@code run} does. */
final class ValidateCommand {
  private final StandardOutput out;
  private final PrintStream err;
  private final boolean debug;

  ValidateCommand(StandardOutput out, PrintStream err, boolean debug) {
    this.out = out;
    this.err = err;
    this.debug = debug;
  }

  int run(List<String> files) {
    int status = ExitStatus.DONE;
    for (String file : files) {
      ReadJob read = JobFiles.read(file, err, debug);
      if (read.mistakes().isEmpty()) {
        out.line(Shown.plain(file) + ": ok");
      } else {
        out.flush();
        read.mistakes().forEach(err::println);
        status = ExitStatus.WRONG;
      }
    }
    return status;
  }
}
