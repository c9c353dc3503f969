package bellwether.batch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the kinds make of the solvers' numbers: scales, names, the winner, the table of the highest.
 */
class KindsTest {
  @TempDir private Path folder;

  private String run(String job) throws IOException {
    CommandRun run = CommandRun.of("run", Files.writeString(folder.resolve("job.yaml"), job));
    assertThat(run.err()).isEmpty();
    return run.out();
  }

  @Test
  void rewardScaleMultipliesIndices() throws IOException {
    assertThat(
            run(
                """
                job: gittins
                discount: 0.5
                arms:
                  - {type: markov, rewards: [1.5], transition: [[1]]}
                  - {type: markov, rewards: [1.5], transition: [[1]], rewardScale: 4}
                  - {type: random, states: 1, seed: 7}
                """))
        .contains("\"indices\": [ [ 1.5 ], [ 6.0 ], [ 0.");
  }

  @Test
  void namedBiddersComeBackByNameWithTheTenHighest() throws IOException {
    String bidders =
        IntStream.range(0, 12)
            .mapToObj(i -> "  - {name: n" + i + ", arm: " + i % 3 + ", state: 0}\n")
            .collect(Collectors.joining());
    String out =
        run(
            """
            job: banditAuction
            objective: welfare
            discount: 0.5
            outsideValue: 0.25
            arms:
              - {type: markov, rewards: [1], transition: [[1]]}
              - {type: markov, rewards: [2], transition: [[1]]}
              - {type: markov, rewards: [1], transition: [[1]], rewardScale: 3}
            bidders:
            """
                + bidders
                + "  - {arm: 1, state: 0}\n");
    assertThat(out)
        .contains("\"winner\": 2,", "\"winnerName\": \"n2\"", "\"welfare\": 6.0")
        .contains("\"n11\", null ]");
    assertThat(out.lines().filter(line -> line.contains("\"name\": \"n"))).hasSize(9);
    assertThat(out.lines().filter(line -> line.contains("\"meanValue\""))).hasSize(10);
    assertThat(out.replaceAll("\\s+", " "))
        .contains(
            "\"top\": [ { \"name\": \"n2\", \"bidder\": 2, \"index\": 3.0, \"meanValue\": 3.0 }");
  }
}
