package bellwether.batch.cli;

import bellwether.batch.kind.ReadJob;
import bellwether.batch.tree.Shown;
import bellwether.batch.tree.SourceFile;
import bellwether.batch.tree.UnreadableFileException;
import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** Reads job files for the commands; whatever happens comes back as lines to tell. */
final class JobFiles {
  private JobFiles() {}

  static ReadJob read(String name, PrintStream err, boolean debug) {
    try {
      return ReadJob.of(SourceFile.read(name, Path.of(name)));
    } catch (UnreadableFileException e) {
      return ReadJob.wrong(List.of(String.valueOf(e.getMessage())));
    } catch (InvalidPathException _) {
      return ReadJob.wrong(List.of(Shown.plain(name) + ": is no file name"));
    } catch (RuntimeException | Error e) {
      if (debug) {
        e.printStackTrace(err);
      }
      return ReadJob.wrong(List.of(Shown.plain(name) + ": " + FailureWords.of(e)));
    }
  }
}
