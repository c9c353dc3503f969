package bellwether.batch.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Envelopes as JSON and as a summary. */
class EnvelopeTest {
  private static Map<String, @Nullable Object> envelope(Map<String, @Nullable Object> result) {
    Map<String, @Nullable Object> certificate = new LinkedHashMap<>();
    certificate.put("method", "m");
    return Envelope.of("kind", null, result, certificate, Map.of("seconds", 0.5), Map.of());
  }

  private static Map<String, @Nullable Object> result(String key, @Nullable Object value) {
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    result.put(key, value);
    return result;
  }

  private static String json(@Nullable Object tree) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    JsonText.write(out, tree, false);
    return out.toString(StandardCharsets.UTF_8).strip();
  }

  @Test
  void doublesAreAsShortAsTheyCanBe() {
    double[] numbers = {0.1, 1, 1e-300, 0.1 + 0.2, 4.9e-324, -0.0, 123456789};
    String text = json(numbers);
    assertThat(text).isEqualTo("[0.1,1.0,1.0E-300,0.30000000000000004,4.9E-324,-0.0,1.23456789E8]");
  }

  @Test
  void numbersThatAreNotFiniteAreNullWithAWord() {
    Map<String, @Nullable Object> result = result("a", new double[] {1, Double.NaN});
    result.put("b", List.of(Map.of("c", Double.NEGATIVE_INFINITY)));
    result.put("d", new double[][] {{Double.POSITIVE_INFINITY}});
    assertThat(json(envelope(result)))
        .contains("\"a\":[1.0,null],\"b\":[{\"c\":null}],\"d\":[[null]]")
        .contains(
            "\"nonFinite\":[\"result.a[1] is not a number\",\"result.b[0].c is minus infinite\","
                + "\"result.d[0][0] is infinite\"]");
  }

  @Test
  void aSummaryCutsLongListsAndLinesUpTables() {
    Map<String, @Nullable Object> result = result("long", new double[100]);
    result.put("short", new double[] {1, 2.5});
    result.put("none", null);
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("name", "a");
    row.put("index", 1.5);
    Map<String, @Nullable Object> second = new LinkedHashMap<>(row);
    second.put("name", "longer");
    result.put("top", List.of(row, second));
    assertThat(Summary.lines(envelope(result)))
        .contains("short: [1.0, 2.5]", "none: -", "top:", "  name    index", "  a       1.5")
        .anyMatch(line -> line.startsWith("long: [0.0, ") && line.endsWith(", ... 100 in all]"));
  }

  @Test
  void resultsAreNamedAfterTheirJobs() {
    assertThat(List.of("x/a.yaml", "a.yml", "a.JSON", "a.b.json", "job", ".json"))
        .map(ResultFile::nameFor)
        .containsExactly(
            "a.result.json",
            "a.result.json",
            "a.result.json",
            "a.b.result.json",
            "job.result.json",
            ".json.result.json");
  }
}
