package bellwether.batch.cli;

import bellwether.batch.kind.CommonKeys;
import bellwether.batch.result.ResultFile;
import bellwether.batch.tree.Shown;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParseResult;

/**
 * What {@code run} was asked to do, checked before anything is run.
 *
 * @param files the job files
 * @param out where results are written, or null to print them
 * @param threads the most to use, or null for what the job says
 * @param kernels one of {@link Options#KERNEL_NAMES}
 * @param resume whether to go on from checkpoints
 */
record RunSettings(
    List<String> files,
    @Nullable Path out,
    @Nullable Integer threads,
    String kernels,
    boolean resume,
    boolean quiet,
    boolean json,
    boolean debug) {

  static RunSettings of(ParseResult parsed) throws WrongCommandLineException {
    List<String> files = parsed.matchedPositionalValue(0, List.of());
    String out = parsed.matchedOptionValue(Options.OUT, null);
    String threads = parsed.matchedOptionValue(Options.THREADS, null);
    String kernels = parsed.matchedOptionValue(Options.KERNELS, "auto");
    if (!Options.KERNEL_NAMES.contains(kernels)) {
      throw wrong(
          Options.KERNELS, "unknown kernels", kernels, String.join(", ", Options.KERNEL_NAMES));
    }
    Path directory = out == null ? null : directory(out);
    if (directory != null) {
      checkNames(files);
    }
    boolean resume = parsed.hasMatchedOption(Options.RESUME);
    if (resume && directory == null) {
      throw new WrongCommandLineException(
          "run: --resume: nothing without --out, where checkpoints are, allowed: --out DIR"
              + " --resume");
    }
    return new RunSettings(
        files,
        directory,
        threads == null ? null : threads(threads),
        kernels,
        resume,
        parsed.hasMatchedOption(Options.QUIET),
        parsed.hasMatchedOption(Options.JSON),
        parsed.hasMatchedOption(Options.DEBUG));
  }

  private static WrongCommandLineException wrong(
      String option, String wrong, String given, String allowed) {
    return new WrongCommandLineException(
        "run: " + option + ": " + wrong + ", given " + Shown.text(given) + ", allowed: " + allowed);
  }

  private static int threads(String text) throws WrongCommandLineException {
    String wrong = "not an integer";
    try {
      long threads = Long.parseLong(text);
      if (threads >= 1 && threads <= CommonKeys.MOST_THREADS) {
        return (int) threads;
      }
      wrong = "out of range";
    } catch (NumberFormatException _) {
      // Told below.
    }
    throw wrong(Options.THREADS, wrong, text, "an integer from 1 to " + CommonKeys.MOST_THREADS);
  }

  private static Path directory(String text) throws WrongCommandLineException {
    if (text.isBlank()) {
      throw wrong(Options.OUT, "empty", text, "a directory");
    }
    try {
      Path path = Path.of(text);
      if (Files.exists(path) && !Files.isDirectory(path)) {
        throw wrong(Options.OUT, "not a directory", text, "a directory, or a name to make one");
      }
      if (Files.isDirectory(path) && !Files.isWritable(path)) {
        throw wrong(Options.OUT, "may not be written to", text, "a directory that may");
      }
      return path;
    } catch (InvalidPathException _) {
      throw wrong(Options.OUT, "no file name", text, "a directory");
    }
  }

  private static void checkNames(List<String> files) throws WrongCommandLineException {
    Map<String, String> writers = new HashMap<>();
    for (String file : files) {
      String name;
      try {
        name = ResultFile.nameFor(file);
      } catch (InvalidPathException _) {
        continue;
      }
      String other = writers.put(name, file);
      if (other != null) {
        throw new WrongCommandLineException(
            "run: "
                + Shown.text(other)
                + " and "
                + Shown.text(file)
                + " would both write "
                + Shown.text(name)
                + ": rename one, or run them apart");
      }
    }
  }
}
