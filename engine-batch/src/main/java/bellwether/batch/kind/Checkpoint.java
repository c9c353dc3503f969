package bellwether.batch.kind;

import bellwether.batch.result.ResultFile;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where a long job leaves how far it is, so that it can go on from there when it was killed. A job
 * whose result is printed has none: it leaves nothing and finds nothing.
 */
public final class Checkpoint {
  /** Nothing is left, nothing found. */
  public static final Checkpoint NONE = new Checkpoint(null, "", false, _ -> {});

  private static final String MAGIC = "bellwether checkpoint 1";

  /** A job that is killed loses at most this, and what it takes to save. */
  private static final long APART_NANOS = 2_000_000_000;

  private final @Nullable Path file;
  private final String key;
  private final boolean resume;
  private final Consumer<String> words;
  private final long apart;
  private long next;

  /**
   * A checkpoint of one job.
   *
   * @param file where it is left, or null for nowhere
   * @param key of all that makes the job: what was left by a job of another key is of no use
   * @param resume whether to go on from what was left
   * @param words hears why there was nothing to go on from
   */
  public Checkpoint(@Nullable Path file, String key, boolean resume, Consumer<String> words) {
    this(file, key, resume, words, APART_NANOS);
  }

  /** The same, leaving something every {@code apart} nanoseconds. */
  Checkpoint(@Nullable Path file, String key, boolean resume, Consumer<String> words, long apart) {
    this.apart = apart;
    next = System.nanoTime() + apart;
    this.file = file;
    this.key = key;
    this.resume = resume;
    this.words = words;
  }

  /** Reads what was left. */
  @FunctionalInterface
  public interface Reader {
    /**
     * Reads it.
     *
     * @throws IOException when it is not what was left
     */
    void readFrom(InputStream in) throws IOException;
  }

  /**
   * Goes on from what was left, where that is asked for.
   *
   * @return whether {@code reader} has read it all; if not it may have read a part
   */
  public boolean restore(Reader reader) {
    if (!resume || file == null || !Files.exists(file)) {
      return false;
    }
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      if (!in.readUTF().equals(MAGIC) || !in.readUTF().equals(key)) {
        words.accept("the checkpoint is another job's: starting anew");
        return false;
      }
      reader.readFrom(in);
      return true;
    } catch (IOException e) {
      words.accept("the checkpoint cannot be read, starting anew: " + e);
      return false;
    }
  }

  /**
   * Leaves what {@code content} writes, unless something was left a moment ago.
   *
   * @throws IOException when it cannot be written; what was left before is still there
   */
  public void saveNowAndThen(ResultFile.Content content) throws IOException {
    Path target = file;
    if (target == null || System.nanoTime() < next) {
      return;
    }
    ResultFile.write(
        target,
        out -> {
          DataOutputStream header = new DataOutputStream(out);
          header.writeUTF(MAGIC);
          header.writeUTF(key);
          header.flush();
          content.writeTo(out);
        });
    next = System.nanoTime() + apart;
  }

  /** Removes what was left, once the job's result is there. */
  public void remove() {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      words.accept("the checkpoint cannot be removed: " + e);
    }
  }
}
