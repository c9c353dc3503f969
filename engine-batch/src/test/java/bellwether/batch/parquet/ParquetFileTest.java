package bellwether.batch.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hardwood.InputFile;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written is what a reader of somebody else's reads. */
class ParquetFileTest {
  /** Within a page, pages, and more than one row group of 8 * 2^17 rows. */
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 131_072, 131_073, 1_100_000})
  void anotherReaderReadsTheSameNumbers(int rows) throws IOException {
    double[] values = new double[rows];
    Arrays.setAll(values, i -> Math.sin(i) * 1e3);
    int[] actions = new int[rows];
    Arrays.setAll(actions, i -> i * 31 % 1009 - 500);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ParquetFile.write(
        out,
        "test",
        new ParquetColumn.RowNumbers("state", rows),
        new ParquetColumn.Doubles("value", values),
        new ParquetColumn.Ints("action", actions));
    try (ParquetFileReader file =
            ParquetFileReader.open(InputFile.of(ByteBuffer.wrap(out.toByteArray())));
        RowReader reader = file.rowReader()) {
      int row = 0;
      while (reader.hasNext()) {
        reader.next();
        if (reader.getInt("state") != row
            || reader.getDouble("value") != values[row]
            || reader.getInt("action") != actions[row]) {
          assertThat(row).as("the first row that differs").isEqualTo(-1);
        }
        row++;
      }
      assertThat(row).isEqualTo(rows);
    }
  }

  @Test
  void columnsMustHaveOneLength() {
    assertThatThrownBy(
            () ->
                ParquetFile.write(
                    new ByteArrayOutputStream(),
                    "test",
                    new ParquetColumn.RowNumbers("state", 3),
                    new ParquetColumn.Doubles("value", new double[2])))
        .hasMessage("columns must have one length: 3 and 2");
    assertThatThrownBy(() -> ParquetFile.write(new ByteArrayOutputStream(), "test"))
        .hasMessage("columns must be at least one: 0");
  }
}
