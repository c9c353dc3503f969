package bellwether.batch.kind;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a job came to: trees of {@code Map}s, {@code List}s, {@code double[]}s, {@code double[][]}s,
 * {@code int[]}s, numbers, texts, booleans and nulls, written in the order of the maps.
 *
 * @param result the keys of the kind
 * @param certificate what bounds the error
 * @param timing what is told of time beside the seconds
 * @param files what stands beside the result
 */
public record Outcome(
    Map<String, @Nullable Object> result,
    Map<String, @Nullable Object> certificate,
    Map<String, @Nullable Object> timing,
    List<SideFile> files) {

  /** All in the result. */
  public Outcome(Map<String, @Nullable Object> result, Map<String, @Nullable Object> certificate) {
    this(result, certificate, Map.of(), List.of());
  }
}
