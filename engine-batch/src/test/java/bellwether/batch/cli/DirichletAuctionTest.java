package bellwether.batch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Dirichlet arms of two categories that pay 0 and 1 are betaBernoulli arms, in auctions too. */
class DirichletAuctionTest {
  private static final double TOLERANCE = 1e-5;

  @TempDir private Path folder;

  private JsonNode run(String job) throws IOException {
    Path file = Files.writeString(folder.resolve("a.yaml"), job);
    CommandRun run = CommandRun.of("run", file, "--json");
    assertThat(run.err()).isEmpty();
    return JsonMapper.shared().readTree(run.out());
  }

  private static String job(String objective, String valuation, long seed, boolean dirichlet) {
    boolean revenue = "revenue".equals(objective);
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder job = new StringBuilder();
    job.append(
        "job: banditAuction\nobjective: %s\ndiscount: %s\noutsideValue: 0.05\ntolerance: %s\n"
            .formatted(objective, random.nextInt(5, 9) / 10.0, TOLERANCE));
    if (revenue) {
      job.append("distribution: {type: uniform, low: 0, high: 1}\nvaluation: " + valuation + "\n");
    }
    job.append("bidders:\n");
    for (int i = 0; i < 3; i++) {
      double a = random.nextInt(2, 13) / 2.0;
      double b = random.nextInt(2, 13) / 2.0;
      String arm =
          dirichlet
              ? "{type: dirichlet, alpha: [%s, %s], values: [0, 1]}".formatted(b, a)
              : "{type: betaBernoulli, alpha: %s, beta: %s}".formatted(a, b);
      job.append("  - {arm: ").append(arm);
      // The last is excluded from revenue: the virtual value of a type below a half is negative.
      double type = i == 2 ? 0.3 : 0.6 + 0.4 * random.nextDouble();
      job.append(revenue ? String.format(Locale.ROOT, ", initialType: %.4f}\n", type) : "}\n");
    }
    double reward = random.nextInt(1, 6) / 10.0;
    job.append("  - arm: {type: markov, rewards: [" + reward + "], transition: [[1]]}\n");
    job.append("    state: 0\n").append(revenue ? "    initialType: 0.9\n" : "");
    return job.toString();
  }

  private static void same(JsonNode found, JsonNode expected, double allowed) {
    assertThat(found.isNull()).isEqualTo(expected.isNull());
    if (expected.isArray()) {
      assertThat(found.size()).isEqualTo(expected.size());
      for (int i = 0; i < expected.size(); i++) {
        same(found.get(i), expected.get(i), allowed);
      }
    } else if (!expected.isNull()) {
      assertThat(found.asDouble()).isCloseTo(expected.asDouble(), within(allowed));
    }
  }

  @ParameterizedTest(name = "{0}, {1}, seed {2}")
  @CsvSource({
    "welfare, multiplicative, 1",
    "revenue, multiplicative, 1",
    "revenue, multiplicative, 2",
    "revenue, multiplicative, 3",
    "revenue, additive, 4",
    "revenue, additive, 5"
  })
  void areTheBetaArms(String objective, String valuation, long seed) throws IOException {
    JsonNode beta = run(job(objective, valuation, seed, false)).get("result");
    JsonNode dirichlet = run(job(objective, valuation, seed, true)).get("result");
    assertThat(dirichlet.get("winner")).isEqualTo(beta.get("winner"));
    assertThat(dirichlet.propertyNames()).isEqualTo(beta.propertyNames());
    List<String> numbers = List.of("indices", "welfare", "welfareWithout", "payments");
    for (String key : numbers) {
      assertThat(beta.has(key)).isTrue();
      // Each is within the tolerance; payments are differences, divided by alpha >= 0.2.
      same(
          dirichlet.get(key),
          beta.get(key),
          key.equals("payments") ? 10 * TOLERANCE : 2 * TOLERANCE);
    }
    if ("revenue".equals(objective)) {
      same(dirichlet.get("alpha"), beta.get("alpha"), 0);
      same(dirichlet.get("beta"), beta.get("beta"), 0);
    }
  }
}
