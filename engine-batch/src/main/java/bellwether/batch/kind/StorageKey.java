package bellwether.batch.kind;

import bellwether.batch.tree.Fields;
import bellwether.batch.tree.HeapSpace;
import bellwether.core.bandit.Precision;
import bellwether.core.bandit.RefinedIndices;
import bellwether.core.bandit.StateElimination;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code storage}: the precision in which dense arms are eliminated. */
final class StorageKey {
  static final List<String> WORDS = Arrays.stream(Precision.values()).map(Precision::word).toList();

  private StorageKey() {}

  static Precision read(Fields job) {
    String word = job.has("storage") ? job.choice("storage", WORDS) : null;
    return Precision.FLOAT32.word().equals(word) ? Precision.FLOAT32 : Precision.FLOAT64;
  }

  /** Why an arm of so many states cannot be solved, or null when it can. */
  static @Nullable String refusal(Precision storage, int states) {
    int threads = Runtime.getRuntime().availableProcessors();
    double bytes =
        switch (storage) {
          case FLOAT64 -> StateElimination.bytes(states);
          case FLOAT32 -> RefinedIndices.bytes(states, threads);
        };
    return HeapSpace.refusal("solving an arm of " + states + " states in " + storage.word(), bytes);
  }
}
