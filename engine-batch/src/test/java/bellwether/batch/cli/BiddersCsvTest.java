package bellwether.batch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bidders in CSV tables: what is taken and what is said of mistakes. */
class BiddersCsvTest {
  private static final String HEADER = "name,impressions,conversions,valuePerConversion";
  private static final String NOT_NEGATIVE = "a finite number at least 0";

  @TempDir private Path folder;
  private Path job;

  @BeforeEach
  void writeJob() throws IOException {
    job =
        Files.writeString(
            folder.resolve("job.yaml"),
            """
            job: banditAuction
            objective: welfare
            discount: 0.5
            biddersFile: b.csv
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "HEAD\\na,10,11,1 | 2: conversions: more than impressions, given 11, allowed: 0 to 10",
        "HEAD\\na,-1,0,1 | 2: impressions: out of range, given \"-1\", allowed: NN",
        "HEAD\\na,1,0,1\\nb,1,0,-2 | 3: valuePerConversion: out of range, given \"-2\", allowed: NN",
        "HEAD\\na,NaN,0,1 | 2: impressions: not a finite number, given \"NaN\", allowed: NN",
        "HEAD\\na,1e999,0,1 | 2: impressions: not a finite number, given \"1e999\", allowed: NN",
        "HEAD\\na,1 000,0,1 | 2: impressions: not a number, given \"1 000\", allowed: NN",
        "HEAD\\na,,0,1 | 2: impressions: empty, given nothing, allowed: NN",
        "HEAD\\n ,1,0,1 | 2: name: empty, given nothing, allowed: a name",
        "HEAD\\na,1,0 | 2: row: wrong number of fields, given 3, allowed: 4, as in the header",
        "HEAD\\na,1,0,1,1 | 2: row: wrong number of fields, given 5, allowed: 4, as in the header",
        "HEAD\\na,1,0,1\\n\"a\",1,0,1 | 3: name: duplicate name, given \"a\" again after line 2, allowed: each name once",
        "HEAD,priorAlpha\\na,1,0,1,0 | 2: priorAlpha: out of range, given \"0\", allowed: a finite number greater than 0",
        "HEAD\\n\"a,1,0,1 | 2: row: not CSV: Unclosed quoted field at end of input",
        "HEAD | 1: rows: no bidders, given only a header, allowed: at least one row",
        "HEAD,name\\na,1,0,1,a | 1: name: duplicate column, given again as column 5, allowed: each column once",
        "HEAD,prior\\na,1,0,1,1 | 1: prior: unknown column, given \"prior\", allowed: name, impressions, conversions, valuePerConversion, priorAlpha, priorBeta, initialType (did you mean priorBeta?)",
        "name,impressions,conversions\\na,1,0 | 1: valuePerConversion: missing column, given nothing, allowed: a column valuePerConversion",
        "a;b;c | 1: header: wrong separator, given semicolons, allowed: commas between columns",
        "'' | 1: header: the file is empty, given nothing, allowed: a header: HEAD",
      })
  void mistakesAreToldByLineAndColumn(String table, String line) throws IOException {
    String text =
        table.equals("''") ? "" : table.strip().replace("HEAD", HEADER).replace("\\n", "\n");
    Files.writeString(folder.resolve("b.csv"), text);
    assertThat(CommandRun.of("validate", job).errLines(folder))
        .containsExactly(
            "b.csv:"
                + line.replace("HEAD", HEADER)
                    .replace("NN", NOT_NEGATIVE)
                    .replace("did you mean priorBeta", suggestion(line)));
  }

  /** Two priors are as near as each other: the first in the order of the columns is named. */
  private static String suggestion(String line) {
    return line.contains("priorBeta?") ? "did you mean priorAlpha" : "did you mean priorBeta";
  }

  @Test
  void aTableMayHaveAMarkCarriageReturnsQuotesAndItsOwnOrder() throws IOException {
    Files.writeString(
        folder.resolve("b.csv"),
        String.join(
            "\r\n",
            "\ufeffvaluePerConversion,name,initialType,conversions,impressions",
            "0,\"x, \"\"y\"\"",
            "z\",,1.5,2.5",
            "0,b,1,0,0",
            ""));
    CommandRun run = CommandRun.of("run", job);
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .contains("\"names\": [ \"x, \\\"y\\\"\\r\\nz\", \"b\" ]")
        .contains("\"indices\": [ 0.0, 0.0 ]")
        .contains("\"winner\": null")
        .contains("\"winnerName\": null")
        .contains("\"meanValue\": 0.0")
        .contains("\"b.csv\": \"");
  }

  @Test
  void anEmptyTableMayNotHideBehindBidders() throws IOException {
    Files.writeString(folder.resolve("b.csv"), HEADER + "\na,1,0,0\n");
    Files.writeString(
        job,
        Files.readString(job)
            + "bidders: [{name: a, state: 0, arm: {type: markov, rewards: [1], transition: [[1]]}}]\n");
    assertThat(CommandRun.of("validate", job).errLines(folder))
        .containsExactly(
            "job.yaml:4: biddersFile: duplicate name, given \"a\" in bidders and in the table,"
                + " allowed: each name once (column 14)");
  }
}
