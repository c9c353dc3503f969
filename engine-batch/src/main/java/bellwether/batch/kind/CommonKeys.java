package bellwether.batch.kind;

import bellwether.batch.tree.Fields;
import bellwether.batch.tree.Range;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys that every job may have.
 *
 * @param name what the user calls the job, or null
 * @param description free text, or null
 * @param seed of random numbers, or null
 * @param tolerance the accuracy asked for, or null for the method's own
 * @param threads the most to use, or null for all there are
 */
public record CommonKeys(
    @Nullable String name,
    @Nullable String description,
    @Nullable Long seed,
    @Nullable Double tolerance,
    @Nullable Integer threads) {
  /** The most threads that can be asked for. */
  public static final int MOST_THREADS = 1024;

  static final String SEED = "an integer from -9223372036854775808 to 9223372036854775807";
  private static final String THREADS = "an integer from 1 to " + MOST_THREADS;

  /** What {@code describe} says of them. */
  public static final List<KeyDoc> KEYS =
      List.of(
          new KeyDoc("job", "the kind's name", "required", "what to compute"),
          new KeyDoc("name", "text", "null", "what you call the job; comes back in the result"),
          new KeyDoc("description", "text", "none", "for readers of the file"),
          new KeyDoc("seed", SEED, "none", "of random numbers, where any are drawn"),
          new KeyDoc(
              "tolerance",
              Range.POSITIVE.words(),
              "nine digits or better",
              "the accuracy asked for"),
          new KeyDoc(
              "threads", THREADS, "all processors", "the most to use; --threads goes first"));

  /** The names of these keys followed by {@code others}. */
  static List<String> and(List<String> others) {
    List<String> all = new ArrayList<>(KEYS.stream().map(KeyDoc::name).toList());
    all.addAll(others);
    return List.copyOf(all);
  }

  static CommonKeys read(Fields job) {
    return new CommonKeys(
        job.text("name"),
        job.text("description"),
        job.has("seed") ? job.integer("seed", Long.MIN_VALUE, Long.MAX_VALUE, SEED) : null,
        job.has("tolerance") ? job.number("tolerance", Range.POSITIVE) : null,
        job.has("threads") ? (int) job.integer("threads", 1, MOST_THREADS, THREADS) : null);
  }
}
