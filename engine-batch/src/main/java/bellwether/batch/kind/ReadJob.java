package bellwether.batch.kind;

import bellwether.batch.array.NumberArrays;
import bellwether.batch.tree.Fields;
import bellwether.batch.tree.KeyPath;
import bellwether.batch.tree.Mistakes;
import bellwether.batch.tree.Nearest;
import bellwether.batch.tree.Node;
import bellwether.batch.tree.SourceFile;
import bellwether.batch.tree.TreeReader;
import bellwether.batch.tree.UnreadableFileException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of reading a job file: a job, or the lines that tell why there is none.
 *
 * @param kind the kind's name, empty after mistakes
 * @param common the keys of every job
 * @param job the job, or null after mistakes
 * @param sha256 of the job file
 * @param files the SHA-256 of each other file that the job names
 * @param mistakes one line each, empty when all is well
 */
public record ReadJob(
    String kind,
    CommonKeys common,
    @Nullable Job job,
    String sha256,
    Map<String, String> files,
    List<String> mistakes) {
  private static final CommonKeys NO_KEYS = new CommonKeys(null, null, null, null, null);

  /** Reads a file that was found to be text. */
  public static ReadJob of(SourceFile file) {
    Mistakes mistakes = new Mistakes(file);
    try {
      ReadJob read = read(mistakes, TreeReader.read(mistakes));
      if (read != null && mistakes.none()) {
        return read;
      }
      return wrong(mistakes.lines());
    } catch (UnreadableFileException e) {
      return wrong(List.of(String.valueOf(e.getMessage())));
    }
  }

  /** A job that cannot be used. */
  public static ReadJob wrong(List<String> mistakes) {
    return new ReadJob("", NO_KEYS, null, "", Map.of(), mistakes);
  }

  private static @Nullable ReadJob read(Mistakes mistakes, Node root) {
    Node.ObjectNode object =
        Fields.object(mistakes, root, KeyPath.ROOT, "keys with values, job: KIND among them");
    if (object == null) {
      return null;
    }
    String allowed = String.join(", ", Kinds.names());
    Node.Member member = object.member("job");
    KeyPath path = KeyPath.ROOT.key("job");
    if (member == null) {
      mistakes.add(object.position(), path, "missing", "nothing", allowed);
      return null;
    }
    Node value = member.value();
    if (!(value instanceof Node.TextNode text)) {
      mistakes.add(value.position(), path, "not text", value.shown(), allowed);
      return null;
    }
    JobKind kind = Kinds.named(text.text());
    if (kind == null) {
      mistakes.add(
          value.position(),
          path,
          "unknown kind",
          value.shown(),
          allowed + Nearest.suggestion(text.text(), Kinds.names()));
      return null;
    }
    Fields fields = new Fields(object, KeyPath.ROOT, mistakes, CommonKeys.and(kind.topKeys()));
    CommonKeys common = CommonKeys.read(fields);
    NumberArrays arrays = new NumberArrays(mistakes);
    Job job = kind.read(fields, common, arrays);
    return new ReadJob(
        kind.name(), common, job, mistakes.file().sha256(), arrays.files(), List.of());
  }
}
