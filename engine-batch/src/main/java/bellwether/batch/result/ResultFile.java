package bellwether.batch.result;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.exc.JacksonIOException;

/** Writes a result file so that it appears whole or not at all. */
public final class ResultFile {
  private static final Set<Path> UNFINISHED = ConcurrentHashMap.newKeySet();

  private ResultFile() {}

  /** The file name of the result of the job file {@code job}: {@code a.result.json}. */
  public static String nameFor(String job) {
    return stem(job) + ".result.json";
  }

  /** What the names of all files made for the job file {@code job} begin with. */
  public static String stem(String job) {
    Path last = Path.of(job).getFileName();
    String name = last == null ? job : last.toString();
    return name.replaceFirst("(?i)(?<=.)\\.(ya?ml|json)$", "");
  }

  /** What a file is to hold. */
  @FunctionalInterface
  public interface Content {
    /** Writes it. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes {@code tree}, as {@link #write(Path, Content)} does.
   *
   * @throws IOException when it cannot be written; {@code target} is as it was then
   */
  public static void write(Path target, @Nullable Object tree) throws IOException {
    write(target, out -> JsonText.write(out, tree, true));
  }

  /**
   * Writes {@code content} beside {@code target} and moves it there, over an older one if there is
   * one.
   *
   * @throws IOException when it cannot be written; {@code target} is as it was then
   */
  public static void write(Path target, Content content) throws IOException {
    Path unfinished =
        target.resolveSibling("." + target.getFileName() + "." + ProcessHandle.current().pid());
    UNFINISHED.add(unfinished);
    try {
      try (OutputStream out =
          new BufferedOutputStream(
              Files.newOutputStream(
                  unfinished,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.TRUNCATE_EXISTING,
                  StandardOpenOption.WRITE),
              1 << 16)) {
        content.writeTo(out);
      } catch (JacksonIOException e) {
        throw e.getCause();
      }
      try {
        Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException _) {
        Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
      }
    } finally {
      Files.deleteIfExists(unfinished);
      UNFINISHED.remove(unfinished);
    }
  }

  /** Removes what is half written; for when the process is told to stop. */
  public static void removeUnfinished() {
    for (Path path : UNFINISHED) {
      try {
        Files.deleteIfExists(path);
      } catch (IOException _) {
        // The process is ending: nobody could be told.
      }
    }
  }
}
