package bellwether.batch.cli;

import bellwether.batch.kind.Kinds;
import bellwether.batch.tree.Nearest;
import bellwether.batch.tree.Shown;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** One use of the command line, from its words to its exit status. */
final class BatchCommand {
  private final StandardOutput out;
  private final PrintStream err;
  private final boolean terminal;

  /**
   * A command that writes to these streams.
   *
   * @param terminal whether a person reads {@code out}
   */
  BatchCommand(StandardOutput out, PrintStream err, boolean terminal) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
  }

  /** Runs the command; throws nothing. */
  int run(String... arguments) {
    int status;
    try {
      status = dispatch(arguments);
    } catch (WrongCommandLineException e) {
      err.println("bellwether: " + e.getMessage());
      status = ExitStatus.WRONG;
    } catch (RuntimeException | Error e) {
      err.println("bellwether: " + FailureWords.of(e));
      if (List.of(arguments).contains(Options.DEBUG)) {
        e.printStackTrace(err);
      }
      status = ExitStatus.FAILED;
    }
    out.flush();
    IOException failure = out.failure();
    if (failure != null) {
      // Whoever closed the pipe has read enough, and needs no word.
      if (!String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).contains("broken pipe")) {
        err.println("bellwether: standard output cannot be written: " + failure.getMessage());
      }
      status = ExitStatus.worse(status, ExitStatus.FAILED);
    }
    return status;
  }

  private int dispatch(String[] arguments) throws WrongCommandLineException {
    CommandLine commandLine = Options.commandLine();
    ParseResult parsed;
    try {
      parsed = commandLine.parseArgs(arguments);
    } catch (ParameterException e) {
      throw new WrongCommandLineException(words(e));
    }
    while (parsed.hasSubcommand()) {
      if (parsed.isUsageHelpRequested()) {
        break;
      }
      parsed = parsed.subcommand();
    }
    CommandLine command = parsed.commandSpec().commandLine();
    if (parsed.isUsageHelpRequested()) {
      command.getUsageMessage().lines().forEach(out::line);
      return ExitStatus.DONE;
    }
    if (parsed.isVersionHelpRequested()) {
      out.line("bellwether " + Version.text() + " (Java " + Runtime.version() + ")");
      return ExitStatus.DONE;
    }
    return switch (parsed.commandSpec().name()) {
      case "run" -> new RunCommand(RunSettings.of(parsed), out, err, terminal).run();
      case "validate" ->
          new ValidateCommand(out, err, parsed.hasMatchedOption(Options.DEBUG))
              .run(parsed.matchedPositionalValue(0, List.<String>of()));
      case "list" -> list();
      case "describe" -> describe(parsed.matchedPositionalValue(0, ""));
      default ->
          throw new WrongCommandLineException(
              "a command is missing, allowed: run, validate, list, describe (see --help)");
    };
  }

  private int list() {
    int width = Kinds.names().stream().mapToInt(String::length).max().orElse(0);
    Kinds.ALL.forEach(
        kind ->
            out.line(kind.name() + " ".repeat(width - kind.name().length() + 2) + kind.summary()));
    return ExitStatus.DONE;
  }

  private int describe(String name) throws WrongCommandLineException {
    var kind = Kinds.named(name);
    if (kind == null) {
      throw new WrongCommandLineException(
          "describe: unknown kind, given "
              + Shown.text(name)
              + ", allowed: "
              + String.join(", ", Kinds.names())
              + Nearest.suggestion(name, Kinds.names()));
    }
    Description.lines(kind).forEach(out::line);
    return ExitStatus.DONE;
  }

  private static String words(ParameterException e) {
    CommandLine.Model.CommandSpec spec = e.getCommandLine().getCommandSpec();
    if (e instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
      String word = unmatched.getUnmatched().getFirst();
      boolean option = word.startsWith("-");
      List<String> known = new ArrayList<>();
      if (option) {
        spec.optionsMap().keySet().forEach(known::add);
      } else {
        known.addAll(spec.subcommands().keySet());
      }
      String what =
          option ? "unknown option" : known.isEmpty() ? "unexpected word" : "unknown command";
      String base = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
      return (spec.parent() == null ? "" : spec.name() + ": ")
          + what
          + ", given "
          + Shown.text(word)
          + (known.isEmpty() ? "" : ", allowed: " + String.join(", ", known))
          + Nearest.suggestion(base, known);
    }
    String message = String.valueOf(e.getMessage());
    return (spec.parent() == null ? "" : spec.name() + ": ")
        + Shown.plain(message.isEmpty() ? "wrong command line" : lowerFirst(message));
  }

  private static String lowerFirst(String text) {
    return text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
  }
}
