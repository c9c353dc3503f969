package bellwether.batch.kind;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a job came to: two trees of {@code Map}s, {@code List}s, {@code double[]}s, {@code
 * double[][]}s, numbers, texts, booleans and nulls, written in the order of the maps.
 *
 * @param result the keys of the kind
 * @param certificate what bounds the error
 */
public record Outcome(
    Map<String, @Nullable Object> result, Map<String, @Nullable Object> certificate) {}
