package bellwether.batch.kind;

import bellwether.batch.tree.Nearest;
import bellwether.batch.tree.PlainScalar;
import bellwether.batch.tree.Range;
import bellwether.batch.tree.Shown;
import bellwether.batch.tree.SourceFile;
import bellwether.core.bandit.Arm;
import bellwether.core.bandit.BetaBernoulliArm;
import bellwether.core.bandit.MarkovArm;
import bellwether.mechanisms.revenue.PrivateValue;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Bidders in a table: what each has been shown, clicked and is worth. Counts may be fractions, as
 * attribution models make them. Mistakes are lines {@code CSVFILE:LINE: column: ...}.
 */
final class BiddersCsv {
  static final List<String> NEEDED =
      List.of("name", "impressions", "conversions", "valuePerConversion");
  static final List<String> OPTIONAL = List.of("priorAlpha", "priorBeta", "initialType");
  private static final List<String> COLUMNS =
      List.of(
          "name",
          "impressions",
          "conversions",
          "valuePerConversion",
          "priorAlpha",
          "priorBeta",
          "initialType");

  /** A table of nonsense may have millions of rows: nobody needs a line for each. */
  private static final int ENOUGH = 10_000;

  private static final Pattern RECORD = Pattern.compile("\\(record starting at line (\\d+)\\)");

  private final SourceFile file;
  private final boolean types;
  private final @Nullable PrivateValue value;
  private final Map<String, Integer> columns = new HashMap<>();
  private final Map<String, Long> names = new HashMap<>();
  private final List<Bidder> bidders = new ArrayList<>();
  private final List<String> mistakes = new ArrayList<>();
  private long line;

  private BiddersCsv(SourceFile file, boolean types, @Nullable PrivateValue value) {
    this.file = file;
    this.types = types;
    this.value = value;
  }

  /**
   * Reads the table.
   *
   * @param types whether initial types are needed
   * @param value how they enter values; null where they do not, or that is not known
   */
  static BiddersCsv read(SourceFile file, boolean types, @Nullable PrivateValue value) {
    BiddersCsv csv = new BiddersCsv(file, types, value);
    csv.readAll();
    return csv;
  }

  /** The bidders, in the order of the table. */
  List<Bidder> bidders() {
    return bidders;
  }

  /** What is wrong, a line each; empty when all is well. */
  List<String> mistakes() {
    return mistakes;
  }

  private void wrong(String column, String sentence) {
    mistakes.add(file.shownName() + ":" + Math.max(1, line) + ": " + column + ": " + sentence);
  }

  private void wrong(String column, String wrong, String given, String allowed) {
    wrong(column, wrong + ", given " + given + ", allowed: " + allowed);
  }

  private void readAll() {
    try (CsvReader<CsvRecord> reader =
        CsvReader.builder()
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .allowUnclosedQuote(false)
            .ofCsvRecord(new InputStreamReader(file.open(), StandardCharsets.UTF_8))) {
      boolean header = true;
      for (CsvRecord row : reader) {
        line = row.getStartingLineNumber();
        if (mistakes.size() > ENOUGH) {
          return;
        }
        if (!header) {
          row(row);
        } else if (!header(row)) {
          return;
        }
        header = false;
      }
      if (header) {
        wrong("header", "the file is empty", "nothing", "a header: " + String.join(",", NEEDED));
      } else if (bidders.isEmpty() && mistakes.isEmpty()) {
        wrong("rows", "no bidders", "only a header", "at least one row");
      }
    } catch (CsvParseException e) {
      Matcher at = RECORD.matcher(String.valueOf(e.getMessage()));
      line = at.find() ? Long.parseLong(at.group(1)) : line + 1;
      wrong("row", words(e));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** FastCSV's sentence, the first of them, without the line that stands in front already. */
  private static String words(CsvParseException e) {
    String sentence = RECORD.matcher(String.valueOf(e.getMessage())).replaceAll("").strip();
    return "not CSV: " + Shown.plain(sentence.replaceAll("\\. .*", ""));
  }

  private boolean header(CsvRecord row) {
    int before = mistakes.size();
    if (row.getFieldCount() == 1 && row.getField(0).indexOf(';') >= 0) {
      wrong("header", "wrong separator", "semicolons", "commas between columns");
      return false;
    }
    for (int c = 0; c < row.getFieldCount(); c++) {
      String column = row.getField(c).strip();
      if (!COLUMNS.contains(column)) {
        wrong(
            Shown.plain(column.isEmpty() ? "column " + (c + 1) : column),
            "unknown column",
            Shown.text(column),
            String.join(", ", COLUMNS) + Nearest.suggestion(column, COLUMNS));
      } else if (columns.put(column, c) != null) {
        wrong(column, "duplicate column", "again as column " + (c + 1), "each column once");
      }
    }
    for (String column : NEEDED) {
      if (!columns.containsKey(column)) {
        wrong(column, "missing column", "nothing", "a column " + column);
      }
    }
    if (types && !columns.containsKey("initialType")) {
      wrong(
          "initialType", "missing column", "nothing", "a column initialType, to maximize revenue");
    }
    return mistakes.size() == before;
  }

  private void row(CsvRecord row) {
    int before = mistakes.size();
    if (row.getFieldCount() != columns.size()) {
      wrong(
          "row",
          "wrong number of fields",
          String.valueOf(row.getFieldCount()),
          columns.size() + ", as in the header");
      return;
    }
    String name = cell(row, "name").strip();
    if (name.isEmpty()) {
      wrong("name", "empty", "nothing", "a name");
    } else {
      Long first = names.putIfAbsent(name, line);
      if (first != null) {
        wrong(
            "name",
            "duplicate name",
            Shown.text(name) + " again after line " + first,
            "each name once");
      }
    }
    double impressions = number(row, "impressions", Range.NOT_NEGATIVE, 0);
    double conversions = number(row, "conversions", Range.NOT_NEGATIVE, 0);
    double worth = number(row, "valuePerConversion", Range.NOT_NEGATIVE, 0);
    double priorAlpha = number(row, "priorAlpha", Range.POSITIVE, 1);
    double priorBeta = number(row, "priorBeta", Range.POSITIVE, 1);
    TypeReport report = report(row);
    if (mistakes.size() == before && conversions > impressions) {
      wrong(
          "conversions",
          "more than impressions",
          Shown.number(conversions),
          "0 to " + Shown.number(impressions));
    }
    if (mistakes.size() == before) {
      double alpha = priorAlpha + conversions;
      double beta = priorBeta + (impressions - conversions);
      bidders.add(new Bidder(name, spec(alpha, beta, worth), 0, report));
    }
  }

  private @Nullable TypeReport report(CsvRecord row) {
    if (!types) {
      return null;
    }
    double type = number(row, "initialType", Range.FINITE, 0);
    String wrong = value == null ? null : TypeReportReader.wrong(value, type);
    if (value != null && wrong != null) {
      String given = Shown.text(cell(row, "initialType").strip());
      wrong("initialType", wrong, given, TypeReportReader.allowed(value));
    }
    return value == null || wrong != null ? null : new TypeReport(value, type, null);
  }

  /** A success that is worth nothing makes an arm that always pays nothing. */
  private static ArmSpec spec(double alpha, double beta, double value) {
    Arm arm =
        value == 0
            ? MarkovArm.owning(new double[1], new double[] {1})
            : new BetaBernoulliArm(alpha, beta);
    return new ArmSpec(arm, value == 0 ? 1 : value, 0);
  }

  private String cell(CsvRecord row, String column) {
    Integer place = columns.get(column);
    return place == null ? "" : row.getField(place);
  }

  private double number(CsvRecord row, String column, Range range, double absent) {
    if (!columns.containsKey(column)) {
      return absent;
    }
    String cell = cell(row, column).strip();
    if (cell.isEmpty()) {
      wrong(column, "empty", "nothing", range.words());
      return absent;
    }
    Double value = PlainScalar.isDecimal(cell) ? Double.valueOf(cell) : notFinite(cell);
    if (value == null) {
      wrong(column, "not a number", Shown.text(cell), range.words());
      return absent;
    }
    if (!range.contains(value)) {
      wrong(column, range.wrong(value), Shown.text(cell), range.words());
      return absent;
    }
    return value + 0.0;
  }

  private static @Nullable Double notFinite(String cell) {
    List<String> words = List.of("nan", "inf", "infinity", "-inf", "-infinity");
    return words.contains(cell.toLowerCase(Locale.ROOT)) ? Double.NaN : null;
  }
}
