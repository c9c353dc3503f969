package bellwether.batch.kind;

import bellwether.batch.array.NumberArrays;
import bellwether.batch.tree.Fields;
import java.util.List;

/**
 * A kind of job: what it is called, which keys it has, how they are read. A new kind is a class
 * like this one's implementations and a line in {@link Kinds}.
 */
public interface JobKind {
  /** The value of {@code job}. */
  String name();

  /** One line for {@code list}. */
  String summary();

  /** The keys beside the {@linkplain CommonKeys common ones}, for {@code describe}. */
  List<KeyDoc> keys();

  /** More that {@code describe} should say, a line each. */
  List<String> notes();

  /** A job in YAML that runs as it stands. */
  String example();

  /** The keys that may stand at the top of a job, beside the common ones. */
  default List<String> topKeys() {
    return keys().stream()
        .map(KeyDoc::name)
        .filter(name -> name.indexOf('.') < 0 && name.indexOf('[') < 0)
        .toList();
  }

  /**
   * Reads a job. Mistakes are added to {@code job.mistakes()}; when there are any, what is returned
   * is not solved.
   */
  Job read(Fields job, CommonKeys common, NumberArrays arrays);
}
