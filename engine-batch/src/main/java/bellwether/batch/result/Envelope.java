package bellwether.batch.result;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts a result into its envelope, where numbers that are not finite become null with a word. */
public final class Envelope {
  private static final int WORDS = 20;

  private Envelope() {}

  /**
   * The whole of what is written for a job, in the order it is written. {@code name} is null where
   * the job has none.
   */
  public static Map<String, @Nullable Object> of(
      String kind,
      @Nullable String name,
      Map<String, @Nullable Object> result,
      Map<String, @Nullable Object> certificate,
      Map<String, @Nullable Object> timing,
      Map<String, @Nullable Object> manifest) {
    List<String> words = new ArrayList<>();
    words(result, "result", words);
    words(certificate, "certificate", words);
    Map<String, @Nullable Object> bounds = new LinkedHashMap<>(certificate);
    if (!words.isEmpty()) {
      int more = words.size() - WORDS;
      List<String> told = new ArrayList<>(words.subList(0, Math.min(WORDS, words.size())));
      if (more > 0) {
        told.add("and " + more + " more");
      }
      bounds.put("nonFinite", told);
    }
    Map<String, @Nullable Object> envelope = new LinkedHashMap<>();
    envelope.put("job", kind);
    envelope.put("name", name);
    envelope.put("status", "ok");
    envelope.put("result", result);
    envelope.put("certificate", bounds);
    envelope.put("timing", timing);
    envelope.put("manifest", manifest);
    return envelope;
  }

  private static void words(@Nullable Object value, String path, List<String> words) {
    switch (value) {
      case Double number when !Double.isFinite(number) -> words.add(path + " is " + word(number));
      case double[] numbers -> {
        for (int i = 0; i < numbers.length; i++) {
          if (!Double.isFinite(numbers[i])) {
            words.add(path + "[" + i + "] is " + word(numbers[i]));
          }
        }
      }
      case Object[] items -> {
        for (int i = 0; i < items.length; i++) {
          words(items[i], path + "[" + i + "]", words);
        }
      }
      case List<?> items -> {
        for (int i = 0; i < items.size(); i++) {
          words(items.get(i), path + "[" + i + "]", words);
        }
      }
      case Map<?, ?> map -> map.forEach((key, item) -> words(item, path + "." + key, words));
      case null, default -> {}
    }
  }

  private static String word(double value) {
    return Double.isNaN(value) ? "not a number" : value > 0 ? "infinite" : "minus infinite";
  }
}
