package bellwether.batch.cli;

import bellwether.batch.result.ResultFile;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Where the process begins and ends. */
public final class Main {
  private Main() {}

  /** Runs one command and leaves with its {@linkplain ExitStatus status}. */
  public static void main(String[] arguments) {
    Runtime.getRuntime().addShutdownHook(new Thread(ResultFile::removeUnfinished));
    StandardOutput out = new StandardOutput(new FileOutputStream(FileDescriptor.out));
    PrintStream err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    System.exit(new BatchCommand(out, err, isTerminal()).run(arguments));
  }

  /** The launcher knows, and asking costs Java time. */
  @SuppressWarnings("SystemConsoleNull") // it is null where java.base alone provides the console
  private static boolean isTerminal() {
    String told = System.getProperty("bellwether.terminal");
    if (told != null) {
      return Boolean.parseBoolean(told);
    }
    Console console = System.console();
    return console != null && console.isTerminal();
  }
}
