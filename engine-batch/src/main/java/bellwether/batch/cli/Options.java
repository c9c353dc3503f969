package bellwether.batch.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The grammar of the command line. Built by hand: annotations would cost reflection at each start.
 */
final class Options {
  static final String OUT = "--out";
  static final String THREADS = "--threads";
  static final String KERNELS = "--kernels";
  static final String RESUME = "--resume";
  static final String QUIET = "--quiet";
  static final String JSON = "--json";
  static final String DEBUG = "--debug";
  static final List<String> KERNEL_NAMES = List.of("auto", "vector", "scalar");

  private Options() {}

  static CommandLine commandLine() {
    CommandSpec root = command("bellwether", "Runs jobs of dynamic mechanism design.");
    root.addOption(
        OptionSpec.builder("-V", "--version")
            .versionHelp(true)
            .description("Print the version and leave.")
            .build());
    CommandSpec run =
        command(
            "run",
            "Runs job files. Without --out the results are printed: in words on a terminal, else as"
                + " JSON.");
    run.addPositional(files());
    run.addOption(value(OUT, "DIR", "Write DIR/NAME.result.json for each NAME.yaml or NAME.json."));
    run.addOption(value(THREADS, "N", "Use at most N threads (1 to 1024; default: all)."));
    run.addOption(
        value(
            KERNELS, "KERNELS", "auto (default), vector or scalar: the same bits, other speeds."));
    run.addOption(
        flag(RESUME, "Go on where a run into the same --out was killed; same bits at the end."));
    run.addOption(flag(QUIET, "No words on progress."));
    run.addOption(flag(JSON, "Print each result as one line of JSON."));
    run.addOption(flag(DEBUG, "Show where in the program a failure came from."));
    CommandSpec validate =
        command("validate", "Checks job files without running them; same messages as run.");
    validate.addPositional(files());
    validate.addOption(flag(DEBUG, "Show where in the program a failure came from."));
    CommandSpec describe =
        command("describe", "Tells the keys of a kind: types, ranges, defaults, an example.");
    describe.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("KIND")
            .arity("1")
            .index("0")
            .required(true)
            .type(String.class)
            .description("A kind that list names.")
            .build());
    root.addSubcommand("run", run);
    root.addSubcommand("validate", validate);
    root.addSubcommand("list", command("list", "Lists the job kinds, one a line."));
    root.addSubcommand("describe", describe);
    root.usageMessage()
        .footer(
            "",
            "Exit status: 0 all done; 1 a job failed while running, or its result could not be",
            "written; 2 the command line is wrong (nothing was run) or a job file is (the others",
            "were run), also when another job failed; 130 interrupted.");
    return new CommandLine(root)
        .setExpandAtFiles(false)
        .setOverwrittenOptionsAllowed(false)
        .setUnmatchedOptionsArePositionalParams(false)
        .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
  }

  private static CommandSpec command(String name, String description) {
    CommandSpec spec = CommandSpec.create().name(name);
    spec.usageMessage().description(description).width(100);
    spec.addOption(
        OptionSpec.builder("-h", "--help")
            .usageHelp(true)
            .description("Print this help and leave.")
            .build());
    return spec;
  }

  private static PositionalParamSpec files() {
    return PositionalParamSpec.builder()
        .paramLabel("FILE")
        .arity("1..*")
        .required(true)
        .type(List.class)
        .auxiliaryTypes(String.class)
        .description("Job files, YAML or JSON.")
        .build();
  }

  private static OptionSpec value(String name, String label, String description) {
    return OptionSpec.builder(name)
        .arity("1")
        .paramLabel(label)
        .type(String.class)
        .description(description)
        .build();
  }

  private static OptionSpec flag(String name, String description) {
    return OptionSpec.builder(name).arity("0").type(boolean.class).description(description).build();
  }
}
