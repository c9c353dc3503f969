package bellwether.batch.cli;

import bellwether.batch.kind.Checkpoint;
import bellwether.batch.kind.Job;
import bellwether.batch.kind.JobFailedException;
import bellwether.batch.kind.Outcome;
import bellwether.batch.kind.ReadJob;
import bellwether.batch.kind.Resources;
import bellwether.batch.kind.SideFile;
import bellwether.batch.result.Envelope;
import bellwether.batch.result.JsonText;
import bellwether.batch.result.ResultFile;
import bellwether.batch.result.Summary;
import bellwether.batch.tree.Shown;
import bellwether.core.kernel.Kernels;
import bellwether.core.parallel.Workers;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** {@code run}: one job after the other, each with all threads. */
final class RunCommand {
  private final RunSettings settings;
  private final StandardOutput out;
  private final PrintStream err;
  private final boolean terminal;

  RunCommand(RunSettings settings, StandardOutput out, PrintStream err, boolean terminal) {
    this.settings = settings;
    this.out = out;
    this.err = err;
    this.terminal = terminal;
  }

  int run() throws WrongCommandLineException {
    Kernels kernels;
    try {
      kernels =
          settings.kernels().equals("auto") ? Kernels.best() : Kernels.named(settings.kernels());
    } catch (UnsupportedOperationException e) {
      throw new WrongCommandLineException("run: --kernels: " + e.getMessage());
    }
    Path directory = settings.out();
    if (directory != null) {
      try {
        Files.createDirectories(directory);
      } catch (IOException e) {
        throw new WrongCommandLineException(
            "run: --out: the directory "
                + Shown.text(directory.toString())
                + " cannot be made: "
                + e.getMessage());
      }
    }
    int status = ExitStatus.DONE;
    for (String file : settings.files()) {
      int one = run(file, kernels);
      if (one == ExitStatus.INTERRUPTED) {
        return one;
      }
      status = ExitStatus.worse(status, one);
      if (out.failure() != null) {
        break;
      }
    }
    return status;
  }

  private int run(String file, Kernels kernels) {
    long start = System.nanoTime();
    ReadJob read = JobFiles.read(file, err, settings.debug());
    Job job = read.job();
    if (job == null || !read.mistakes().isEmpty()) {
      read.mistakes().forEach(err::println);
      return ExitStatus.WRONG;
    }
    try {
      long begun = System.nanoTime();
      int threads = threads(read);
      Outcome outcome;
      String stem = settings.out() == null ? null : ResultFile.stem(file);
      Checkpoint checkpoint = checkpoint(file, read);
      try (Workers workers = Workers.of(threads);
          ProgressLine progress = new ProgressLine(err, terminal && !settings.quiet())) {
        outcome = job.solve(new Resources(kernels, workers, stem, checkpoint, progress));
      }
      long end = System.nanoTime();
      Map<String, @Nullable Object> phases = new LinkedHashMap<>();
      phases.put("read", seconds(begun - start));
      phases.put("solve", seconds(end - begun));
      Map<String, @Nullable Object> timing = new LinkedHashMap<>();
      timing.put("seconds", seconds(end - start));
      timing.put("phases", phases);
      timing.putAll(outcome.timing());
      deliver(
          file,
          outcome,
          Envelope.of(
              read.kind(),
              read.common().name(),
              outcome.result(),
              outcome.certificate(),
              timing,
              manifest(read, kernels, threads)));
      checkpoint.remove();
      return ExitStatus.DONE;
    } catch (JobFailedException | IOException e) {
      err.println(Shown.plain(file) + ": " + Shown.plain(String.valueOf(e.getMessage())));
      return ExitStatus.FAILED;
    } catch (CancellationException _) {
      return ExitStatus.INTERRUPTED;
    } catch (RuntimeException | Error e) {
      err.println(Shown.plain(file) + ": " + FailureWords.of(e));
      if (settings.debug()) {
        e.printStackTrace(err);
      }
      return ExitStatus.FAILED;
    }
  }

  private Checkpoint checkpoint(String file, ReadJob read) {
    Path directory = settings.out();
    if (directory == null) {
      return Checkpoint.NONE;
    }
    return new Checkpoint(
        directory.resolve(ResultFile.stem(file) + ".checkpoint"),
        Version.text() + " " + read.sha256() + " " + new TreeMap<>(read.files()),
        settings.resume(),
        words -> err.println(Shown.plain(file) + ": " + words));
  }

  private int threads(ReadJob read) {
    if (settings.threads() != null) {
      return settings.threads();
    }
    Integer asked = read.common().threads();
    return asked == null ? Runtime.getRuntime().availableProcessors() : asked;
  }

  private static double seconds(long nanoseconds) {
    return Math.round(nanoseconds / 1e3) / 1e6;
  }

  private static Map<String, @Nullable Object> manifest(
      ReadJob read, Kernels kernels, int threads) {
    Map<String, @Nullable Object> manifest = new LinkedHashMap<>();
    manifest.put("version", Version.text());
    manifest.put("jdk", Runtime.version().toString());
    manifest.put("kernels", kernels.description());
    manifest.put("threads", threads);
    manifest.put("seed", read.common().seed());
    manifest.put("inputSha256", read.sha256());
    if (!read.files().isEmpty()) {
      manifest.put("files", read.files());
    }
    manifest.put("when", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    return manifest;
  }

  private void deliver(String file, Outcome outcome, Map<String, @Nullable Object> envelope)
      throws IOException {
    Path directory = settings.out();
    if (directory != null) {
      Path target = directory.resolve(ResultFile.nameFor(file));
      try {
        // The result last: where it is, all that it names is there too.
        for (SideFile side : outcome.files()) {
          ResultFile.write(directory.resolve(side.name()), side.content());
        }
        ResultFile.write(target, envelope);
      } catch (IOException e) {
        throw new IOException("the result cannot be written: " + e, e);
      }
      if (!settings.quiet()) {
        Object seconds =
            envelope.get("timing") instanceof Map<?, ?> timing ? timing.get("seconds") : 0;
        err.println(
            Shown.plain(file)
                + ": "
                + envelope.get("job")
                + ", "
                + seconds
                + " s, "
                + Shown.plain(target.toString()));
      }
    } else if (terminal && !settings.json()) {
      Summary.lines(envelope).forEach(out::line);
      out.flush();
    } else {
      JsonText.write(out, envelope, !settings.json());
      out.flush();
    }
  }
}
