package bellwether.batch.array;

import bellwether.batch.tree.Fields;
import bellwether.batch.tree.KeyPath;
import bellwether.batch.tree.Mistakes;
import bellwether.batch.tree.Node;
import bellwether.batch.tree.Shown;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A file that a job names: {@code {"file": "P.npy"}}.
 *
 * @param name as the job gives it
 * @param shown the same, printable
 * @param path where it is
 * @param member which array of a .npz file; null for the only one
 */
public record FileReference(String name, String shown, Path path, @Nullable String member) {

  /** The file that an object names; null after a mistake. */
  static @Nullable FileReference of(Mistakes mistakes, Node.ObjectNode object, KeyPath path) {
    Fields fields = new Fields(object, path, mistakes, List.of("file", "member"));
    long before = mistakes.count();
    Node given = fields.required("file", "the name of a .npy, .npz or .mtx file");
    String name = given == null ? null : fields.text("file");
    String member = fields.text("member");
    Node memberNode = fields.optional("member");
    if (name != null && memberNode != null && !name.toLowerCase(Locale.ROOT).endsWith(".npz")) {
      mistakes.add(
          memberNode.position(),
          path.key("member"),
          "only a .npz file has members",
          memberNode.shown(),
          "no member");
    }
    return name == null || mistakes.count() > before
        ? null
        : of(mistakes, name, member, object.position(), path);
  }

  /** The file that a text or an object names; null after a mistake. */
  public static @Nullable FileReference of(
      Mistakes mistakes, Node node, KeyPath path, String allowed) {
    if (node instanceof Node.ObjectNode object) {
      return of(mistakes, object, path);
    }
    if (node instanceof Node.TextNode text && !text.text().isBlank()) {
      return of(mistakes, text.text(), null, node.position(), path);
    }
    mistakes.add(node.position(), path, "not a file name", node.shown(), allowed);
    return null;
  }

  private static @Nullable FileReference of(
      Mistakes mistakes, String name, @Nullable String member, int position, KeyPath path) {
    String shown = Shown.plain(name);
    try {
      return new FileReference(name, shown, mistakes.file().resolve(name), member);
    } catch (InvalidPathException _) {
      mistakes.add(position, path, shown + ": is no file name");
      return null;
    }
  }
}
