package bellwether.batch.result;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A result as a person reads it on a terminal: a line a key, long lists cut, tables in columns. */
public final class Summary {
  private static final int SHORT = 12;

  private Summary() {}

  /** The lines for one envelope. */
  public static List<String> lines(Map<String, @Nullable Object> envelope) {
    List<String> lines = new ArrayList<>();
    Object name = envelope.get("name");
    lines.add(envelope.get("job") + (name == null ? "" : ": " + name));
    section(lines, envelope.get("result"), "");
    lines.add("");
    section(lines, envelope.get("certificate"), "");
    if (envelope.get("timing") instanceof Map<?, ?> timing) {
      lines.add("seconds: " + scalar(timing.get("seconds")));
    }
    return lines;
  }

  private static void section(List<String> lines, @Nullable Object section, String indent) {
    if (!(section instanceof Map<?, ?> map)) {
      return;
    }
    map.forEach((key, value) -> entry(lines, indent + key, value, indent));
  }

  private static void entry(
      List<String> lines, String label, @Nullable Object value, String indent) {
    switch (value) {
      case Map<?, ?> map -> {
        lines.add(label + ":");
        section(lines, map, indent + "  ");
      }
      case List<?> rows when isTable(rows) -> {
        lines.add(label + ":");
        lines.addAll(table(rows, indent + "  "));
      }
      case List<?> items when items.stream().anyMatch(Summary::isList) ->
          rows(lines, label, items.toArray(), indent);
      case Object[] items -> rows(lines, label, items, indent);
      case null, default -> lines.add(label + ": " + text(value));
    }
  }

  private static void rows(List<String> lines, String label, Object[] items, String indent) {
    lines.add(label + ":");
    for (int i = 0; i < Math.min(items.length, SHORT); i++) {
      entry(lines, indent + "  [" + i + "]", items[i], indent + "  ");
    }
    if (items.length > SHORT) {
      lines.add(indent + "  ... " + items.length + " in all, --json or --out gives every one");
    }
  }

  private static boolean isList(@Nullable Object value) {
    return value instanceof double[] || value instanceof Object[] || value instanceof List<?>;
  }

  private static boolean isTable(List<?> rows) {
    return !rows.isEmpty() && rows.stream().allMatch(row -> row instanceof Map<?, ?>);
  }

  private static List<String> table(List<?> rows, String indent) {
    Set<String> keys = new LinkedHashSet<>();
    for (Object row : rows) {
      ((Map<?, ?>) row).keySet().forEach(key -> keys.add(String.valueOf(key)));
    }
    List<String> columns = List.copyOf(keys);
    List<List<String>> cells = new ArrayList<>();
    cells.add(columns);
    for (Object row : rows) {
      cells.add(columns.stream().map(key -> scalar(((Map<?, ?>) row).get(key))).toList());
    }
    int[] widths =
        IntStream.range(0, columns.size())
            .map(c -> cells.stream().mapToInt(row -> row.get(c).length()).max().orElse(0))
            .toArray();
    List<String> lines = new ArrayList<>();
    for (List<String> row : cells) {
      StringBuilder line = new StringBuilder(indent);
      for (int c = 0; c < widths.length; c++) {
        line.append(c == 0 ? "" : "  ").append(row.get(c));
        line.repeat(' ', widths[c] - row.get(c).length());
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  private static String text(@Nullable Object value) {
    return switch (value) {
      case double[] numbers -> shortened(numbers.length, i -> scalar(numbers[i]));
      case int[] numbers -> shortened(numbers.length, i -> scalar(numbers[i]));
      case List<?> items -> shortened(items.size(), i -> scalar(items.get(i)));
      case null, default -> scalar(value);
    };
  }

  private static String shortened(int length, java.util.function.IntFunction<String> item) {
    StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < Math.min(length, SHORT); i++) {
      text.append(i == 0 ? "" : ", ").append(item.apply(i));
    }
    if (length > SHORT) {
      text.append(", ... ").append(length).append(" in all");
    }
    return text.append(']').toString();
  }

  private static String scalar(@Nullable Object value) {
    return switch (value) {
      case null -> "-";
      case Double number when !Double.isFinite(number) -> "-";
      default -> String.valueOf(value);
    };
  }
}
