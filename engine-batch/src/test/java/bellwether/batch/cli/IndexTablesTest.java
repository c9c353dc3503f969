package bellwether.batch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of indices that one job saves and another looks up. */
class IndexTablesTest {
  @TempDir private Path folder;

  private CommandRun run(String name, String job) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, job, StandardCharsets.UTF_8);
    return CommandRun.of("run", file, "--quiet", "--out", folder);
  }

  private CommandRun save(String form) throws IOException {
    String arm = "{type: betaBernoulli, alpha: 1, beta: 1, size: 6, save: " + form + "}";
    return run("table.yaml", "job: gittins\ndiscount: 0.8\narms: [" + arm + "]\n");
  }

  private static String auction(String discount, String tables) {
    return "job: banditAuction\nobjective: welfare\ndiscount: "
        + discount
        + "\nbidders:\n- arm: {type: betaBernoulli, alpha: 3, beta: 2}\n"
        + "- arm: {type: betaBernoulli, alpha: 2, beta: 2}\n"
        + tables;
  }

  private String result(String name) throws IOException {
    String text = Files.readString(folder.resolve(name + ".result.json"));
    return text.substring(0, text.indexOf("\"timing\""));
  }

  @Test
  void anAuctionLooksUpWhatWasSaved() throws IOException {
    assertThat(save("npy").status()).isZero();
    assertThat(folder.resolve("table.arm0.npy")).exists();
    assertThat(Files.readString(folder.resolve("table.arm0.json")))
        .contains("bellwetherIndexTable", "\"discount\"", "\"widestBracket\"", "table.arm0.npy");
    assertThat(result("table")).contains("table.arm0.npy", "table.arm0.json");
    assertThat(run("plain.yaml", auction("0.8", "")).err()).isEmpty();
    CommandRun run = run("tables.yaml", auction("0.8", "indexTables: [table.arm0.json]\n"));
    assertThat(run.err()).isEmpty();
    // The brackets of table and auction may differ by their tolerance: nine digits are the same.
    assertThat(digits(result("tables"))).isEqualTo(digits(result("plain")));
    assertThat(Files.readString(folder.resolve("tables.result.json"))).contains("table.arm0.json");
  }

  private static String digits(String result) {
    String indices = result.substring(result.indexOf("\"indices\""), result.indexOf("\"winner\""));
    return indices.replaceAll("(\\d\\.\\d{8})\\d*", "$1");
  }

  @Test
  void parquetIsReadBackAsWell() throws IOException {
    assertThat(save("npy").status()).isZero();
    run("mapped.yaml", auction("0.8", "indexTables: [table.arm0.json]\n"));
    assertThat(save("parquet").status()).isZero();
    byte[] bytes = Files.readAllBytes(folder.resolve("table.arm0.parquet"));
    assertThat(new String(bytes, 0, 4, StandardCharsets.US_ASCII)).isEqualTo("PAR1");
    CommandRun run = run("tables.yaml", auction("0.8", "indexTables: [table.arm0.json]\n"));
    assertThat(run.err()).isEmpty();
    assertThat(result("tables").replaceAll("tables", ""))
        .isEqualTo(result("mapped").replaceAll("mapped", ""));
    bytes[10] ^= 1;
    Files.write(folder.resolve("table.arm0.parquet"), bytes);
    assertThat(run("b.yaml", auction("0.8", "indexTables: [table.arm0.json]\n")).err())
        .contains("array: table.arm0.parquet: cannot be read: not a Parquet file");
  }

  @Test
  void gittinsAndPoliciesLookThemUpToo() throws IOException {
    assertThat(save("npy").status()).isZero();
    String tail = "indexTables: [table.arm0.json]\n";
    String arm = "{type: betaBernoulli, alpha: 3, beta: 2, rewardScale: 2}";
    String job = "job: gittins\ndiscount: 0.8\narms: [" + arm + "]\n";
    assertThat(run("g.yaml", job + tail).err()).isEmpty();
    assertThat(result("g")).contains("\"method\": \"indexTable\"");
    run("plain.yaml", job);
    assertThat(index(result("g"))).isCloseTo(index(result("plain")), within(2e-10));
    CommandRun run =
        run(
            "p.yaml",
            "job: indexPolicy\ndiscount: 0.8\nhorizon: 3\npolicies: [gittins]\narms: ["
                + arm
                + ", "
                + arm
                + "]\n"
                + tail);
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
  }

  private static double index(String result) {
    String indices = result.substring(result.indexOf("\"indices\""));
    return Double.parseDouble(
        indices.substring(indices.indexOf('[') + 1, indices.indexOf(']')).strip());
  }

  @Test
  void mistakesAreNamed() throws IOException {
    save("npy");
    assertThat(run("a.yaml", auction("0.9", "indexTables: [table.arm0.json]\n")).err())
        .contains(
            "indexTables[0]: a table for another discount, given 0.8, allowed: the job's, 0.9");
    assertThat(run("b.yaml", auction("0.9", "indexTables: [none.json]\n")).err())
        .contains("indexTables[0]: ", "none.json");
    assertThat(run("c.yaml", auction("0.9", "indexTables: [3]\n")).err())
        .contains("indexTables[0]: not a file name, given 3");
    String arm = "{type: betaBernoulli, alpha: 1, beta: 1, save: npy}";
    assertThat(run("d.yaml", "job: gittins\ndiscount: 0.8\narms: [" + arm + "]\n").err())
        .contains("save: nothing to save, given no size");
  }
}
