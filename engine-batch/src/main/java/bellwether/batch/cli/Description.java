package bellwether.batch.cli;

import bellwether.batch.kind.CommonKeys;
import bellwether.batch.kind.JobKind;
import bellwether.batch.kind.KeyDoc;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code describe} prints: words in YAML comments, then the example, so that the whole is a
 * job file that runs.
 */
final class Description {
  private Description() {}

  static List<String> lines(JobKind kind) {
    List<String> lines = new ArrayList<>();
    lines.add("# " + kind.name() + ": " + kind.summary());
    lines.add("#");
    List<KeyDoc> keys = new ArrayList<>(CommonKeys.KEYS);
    keys.addAll(kind.keys());
    lines.add("# Keys, with what they may be, what they are when absent, and what they mean:");
    for (KeyDoc key : keys) {
      lines.add("#   " + key.name() + ": " + key.type());
      lines.add("#       " + when(key.otherwise()) + "; " + key.meaning());
    }
    lines.add("#");
    kind.notes().forEach(note -> lines.add(("# " + note).stripTrailing()));
    lines.add("#");
    lines.add("# An example that runs as it stands, and so does this whole page:");
    lines.add("");
    kind.example().lines().forEach(lines::add);
    return lines;
  }

  private static String when(String otherwise) {
    return switch (otherwise) {
      case "required" -> "required";
      case "none" -> "optional";
      default -> "default " + otherwise;
    };
  }
}
