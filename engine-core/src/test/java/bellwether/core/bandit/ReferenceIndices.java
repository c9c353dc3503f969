package bellwether.core.bandit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The rows of reference/bernoulli-index.csv. */
record ReferenceIndices(double discount, int a, int b, double lower, double upper) {

  static List<ReferenceIndices> all() {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    ReferenceIndices.class.getResourceAsStream("/reference/bernoulli-index.csv")),
                StandardCharsets.UTF_8))) {
      return reader
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(ReferenceIndices::of)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ReferenceIndices of(String line) {
    List<String> cells = List.of(line.split(",", -1));
    return new ReferenceIndices(
        Double.parseDouble(cells.get(0)),
        Integer.parseInt(cells.get(1)),
        Integer.parseInt(cells.get(2)),
        Double.parseDouble(cells.get(3)),
        Double.parseDouble(cells.get(4)));
  }
}
