package bellwether.batch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Arrays in NumPy and Matrix Market files: the same indices as inline, and what is said of
 * mistakes.
 */
class ArrayFilesTest {
  private static final String INLINE = "[[0.5, 0.5], [0.25, 0.75]]";

  @TempDir private Path folder;

  private Path job(String rewards, String transition) throws IOException {
    return Files.writeString(
        folder.resolve("job.yaml"),
        "job: gittins\ndiscount: 0.5\narms:\n- type: markov\n  rewards: "
            + rewards
            + "\n  transition: "
            + transition
            + "\n");
  }

  private String indices(String rewards, String transition) throws IOException {
    CommandRun run = CommandRun.of("run", job(rewards, transition));
    assertThat(run.err()).isEmpty();
    return run.out().lines().filter(line -> line.contains("indices")).findFirst().orElseThrow();
  }

  private List<String> mistakes(String transition) throws IOException {
    return CommandRun.of("validate", job("[1, 0]", transition)).errLines(folder).stream()
        .map(line -> line.replace("job.yaml:6: arms[0].transition", "").replace(" (column 15)", ""))
        .toList();
  }

  private byte[] npy(int major, String descr, boolean byColumns, String shape, byte[] numbers) {
    String order = byColumns ? "True" : "False";
    String header =
        "{'descr': '" + descr + "', 'fortran_order': " + order + ", 'shape': " + shape + ", }\n";
    ByteBuffer file = ByteBuffer.allocate(400).order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.UTF_8));
    file.put((byte) major).put((byte) 0);
    if (major == 1) {
      file.putShort((short) header.length());
    } else {
      file.putInt(header.length());
    }
    file.put(header.getBytes(StandardCharsets.UTF_8)).put(numbers);
    byte[] bytes = new byte[file.position()];
    file.get(0, bytes);
    return bytes;
  }

  private static byte[] numbers(String type, double... values) {
    ByteOrder order = type.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(order);
    for (double value : values) {
      switch (type.substring(1)) {
        case "f8" -> bytes.putDouble(value);
        case "f4" -> bytes.putFloat((float) value);
        case "f2" -> bytes.putShort(Float.floatToFloat16((float) value));
        case "i8", "u8" -> bytes.putLong((long) value);
        case "i4", "u4" -> bytes.putInt((int) value);
        case "i2", "u2" -> bytes.putShort((short) value);
        default -> bytes.put((byte) value);
      }
    }
    byte[] all = new byte[bytes.position()];
    bytes.get(0, all);
    return all;
  }

  @ParameterizedTest
  @CsvSource({
    "1, <f8, false",
    "2, <f8, true",
    "3, >f8, false",
    "1, <f4, false",
    "1, >f4, true",
    "1, <f2, false",
  })
  void numpyFractionsAreReadAsInline(int major, String type, boolean byColumns) throws IOException {
    byte[] numbers =
        byColumns ? numbers(type, 0.5, 0.25, 0.5, 0.75) : numbers(type, 0.5, 0.5, 0.25, 0.75);
    Files.write(folder.resolve("P.npy"), npy(major, type, byColumns, "(2, 2)", numbers));
    assertThat(indices("[1, 0]", "{file: P.npy}")).isEqualTo(indices("[1, 0]", INLINE));
  }

  @ParameterizedTest
  @CsvSource({"<i8", ">i4", "<i2", "|i1", "<u8", "<u4", ">u2", "|u1", "|b1"})
  void numpyIntegersAreReadAsInline(String type) throws IOException {
    Files.write(folder.resolve("P.npy"), npy(1, type, false, "(2, 2)", numbers(type, 0, 1, 1, 0)));
    Files.write(folder.resolve("r.npy"), npy(1, type, false, "(2,)", numbers(type, 1, 0)));
    assertThat(indices("{file: r.npy}", "{file: P.npy}"))
        .isEqualTo(indices("[1, 0]", "[[0, 1], [1, 0]]"));
  }

  @Test
  void aRowMayStandInAFileToo() throws IOException {
    Files.write(
        folder.resolve("row.npy"), npy(1, "<f8", false, "(2,)", numbers("<f8", 0.25, 0.75)));
    assertThat(indices("[1, 0]", "[[0.5, 0.5], {file: row.npy}]"))
        .isEqualTo(indices("[1, 0]", INLINE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "<f8 | (2, 2) | 3 | : P.npy: is cut short: 24 bytes of numbers given, 32 needed for 2 x 2 numbers",
        "<f8 | (2, 2) | 5 | : P.npy: is too long: 40 bytes of numbers given, 32 needed for 2 x 2 numbers",
        "<O8 | (2, 2) | 4 | : P.npy: numbers of type \"<O8\", allowed: f2, f4, f8, i1 to i8, u1 to u8 and b1",
        "<c16 | (2, 2) | 4 | : P.npy: numbers of type \"<c16\", allowed: f2, f4, f8, i1 to i8, u1 to u8 and b1",
        "<f8 | () | 1 | : P.npy: an array of 0 dimensions, allowed: 1 or 2",
        "<f8 | (1, 2, 2) | 4 | : P.npy: an array of 3 dimensions, allowed: 1 or 2",
        "<f8 | (4,) | 4 | : P.npy: wrong shape, given a list of 4, allowed: a square matrix",
        "<f8 | (1, 4) | 4 | : P.npy: wrong shape, given 1 x 4, allowed: a square matrix of 1 to 46000 rows",
        "<f8 | (1, 1) | 1 | : sizes differ, given 1 row, allowed: 2, one for each of the 2 rewards",
        "<f8 | (2, 2) | 4 | [0]: row 0 does not sum to 1 in P.npy, given a sum of 0, allowed: 1 within 1e-9",
        "<f8 | (9999999999, 2) | 4 | : P.npy: a dimension of 9999999999 is too large",
      })
  void numpyMistakesAreTold(String type, String shape, int count, String line) throws IOException {
    byte[] numbers = numbers("<f8", new double[count]);
    Files.write(folder.resolve("P.npy"), npy(1, type, false, shape, numbers));
    assertThat(mistakes("{file: P.npy}")).containsExactly(line);
  }

  @Test
  void whatIsNoNumpyFileIsTold() throws IOException {
    Path file = folder.resolve("P.npy");
    Files.writeString(file, "hello");
    assertThat(mistakes("{file: P.npy}"))
        .containsExactly(": P.npy: is not a NumPy file: it does not begin with \\x93NUMPY");
    byte[] whole = npy(1, "<f8", false, "(2, 2)", numbers("<f8", 1, 0, 0, 1));
    Files.write(file, Arrays.copyOf(whole, 30));
    assertThat(mistakes("{file: P.npy}")).containsExactly(": P.npy: ends within its header");
    Files.write(file, npy(4, "<f8", false, "(2, 2)", numbers("<f8", 1, 0, 0, 1)));
    assertThat(mistakes("{file: P.npy}"))
        .containsExactly(": P.npy: format 4.0, allowed: 1.0 to 3.0");
  }

  @Test
  void aHugeFileIsRefusedByItsSizeOrItsFirstRow() throws IOException {
    int n = 40_000;
    Path file = folder.resolve("P.npy");
    Files.write(file, npy(1, "<f8", false, "(" + n + ", " + n + ")", new byte[0]));
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(sparse.length() + 8L * n * n);
    }
    Path job =
        Files.writeString(
            folder.resolve("job.yaml"),
            """
            job: gittins
            discount: 0.5
            arms:
            - {type: markov, transition: {file: P.npy}}
            """);
    assertThat(CommandRun.of("validate", job).err())
        .containsAnyOf(
            "P.npy needs 12.8 GB, ", "row 0 does not sum to 1 in P.npy, given a sum of 0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "coordinate real general/% words//2 2 5/1 1 0.5/1 2 .25/1 2 0.25/2 1 25e-2/2 2 0.75",
        "array real general/2 2/0.5/0.25/% words/0.5/0.75",
      })
  void matrixMarketIsReadAsInline(String text) throws IOException {
    writeMatrix(text);
    assertThat(indices("[1, 0]", "{file: P.mtx}")).isEqualTo(indices("[1, 0]", INLINE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "coordinate pattern general/2 2 2/1 2/2 1",
        "coordinate integer symmetric/2 2 1/2 1 1",
        "array integer symmetric/2 2/0/1/0",
      })
  void matrixMarketPatternsAndTrianglesAreFilled(String text) throws IOException {
    writeMatrix(text);
    assertThat(indices("[1, 0]", "{file: P.mtx}")).isEqualTo(indices("[1, 0]", "[[0, 1], [1, 0]]"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "coordinate real general/2 2 1/1 x 1 | 3: the column must be a whole number at least 0, given \"x\"",
        "coordinate real general/2 2 1/0 1 1 | 3: the row must be 1 to 2, given 0",
        "coordinate real general/2 2 1/1 3 1 | 3: the column must be 1 to 2, given 3",
        "coordinate real general/2 2 1/1 1 one | 3: not a number, given \"one\"",
        "coordinate real general/2 2 1/1 1 inf | 3: not a finite number, given \"inf\"",
        "coordinate real general/2 2 1/1 1 | 3: entry 1 of 1 must have 3 words, 2 given: \"1 1\"",
        "coordinate real general/2 2 2/1 1 1 | 4: the file ends where entry 2 of 2 should stand",
        "coordinate real general/2 2 1/1 1 1/2 2 1 | 4: more entries than the size line says",
        "coordinate real general/2 2 | 2: the size line must have 3 words, 2 given: \"2 2\"",
        "coordinate complex general/2 2 1 | 1: \"complex\" given, allowed: real, double, integer, pattern",
        "coordinate real symmetric/2 2 1/1 2 1 | 3: a symmetric matrix is given by its lower triangle, row 1 column 2 given",
        "array pattern general/2 2 | 1: an array cannot be a pattern",
      })
  void matrixMarketMistakesAreTold(String text, String line) throws IOException {
    writeMatrix(text.strip());
    assertThat(mistakes("{file: P.mtx}")).containsExactly(": P.mtx:" + line);
  }

  private void writeMatrix(String text) throws IOException {
    Files.writeString(
        folder.resolve("P.mtx"), "%%MatrixMarket matrix " + text.replace('/', '\n') + "\n");
  }
}
