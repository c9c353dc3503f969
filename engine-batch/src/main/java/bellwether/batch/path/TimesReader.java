package bellwether.batch.path;

import bellwether.batch.array.NumberArrays;
import bellwether.batch.tree.Fields;
import bellwether.batch.tree.KeyPath;
import bellwether.batch.tree.Mistakes;
import bellwether.batch.tree.Node;
import bellwether.batch.tree.Shown;
import bellwether.core.path.PathStudy;
import org.jspecify.annotations.Nullable;

/** Reads the times at which a process is observed. */
public final class TimesReader {
  private TimesReader() {}

  /** What may stand there. */
  public static final String ALLOWED =
      "a list of 1 to " + PathStudy.MOST_TIMES + " rising numbers at least 0";

  /**
   * The times; none after a mistake.
   *
   * @param whole whether they must be
   */
  public static double[] read(Fields job, NumberArrays arrays, boolean whole) {
    Mistakes mistakes = job.mistakes();
    Node node = job.required("times", ALLOWED);
    if (node == null) {
      return new double[0];
    }
    KeyPath path = job.path().key("times");
    if (node instanceof Node.ListNode list && list.items().isEmpty()) {
      mistakes.add(node.position(), path, "empty", node.shown(), ALLOWED);
      return new double[0];
    }
    long before = mistakes.count();
    double[] times = arrays.vector(node, path);
    if (mistakes.count() > before) {
      return new double[0];
    }
    if (times.length == 0 || times.length > PathStudy.MOST_TIMES) {
      mistakes.add(node.position(), path, "too many", times.length + " numbers", ALLOWED);
      return new double[0];
    }
    for (int i = 0; i < times.length; i++) {
      String wrong = wrong(times, i, whole);
      if (wrong != null) {
        mistakes.add(
            node instanceof Node.NumbersNode numbers ? numbers.positions()[i] : node.position(),
            path.index(i),
            wrong,
            Shown.number(times[i]),
            whole
                ? "rising whole numbers at least 0, periods"
                : "rising finite numbers at least 0");
      }
    }
    return mistakes.count() > before ? new double[0] : times;
  }

  private static @Nullable String wrong(double[] times, int i, boolean whole) {
    if (!(times[i] >= 0 && times[i] < Double.POSITIVE_INFINITY)) {
      return "out of range";
    }
    if (whole && times[i] != Math.rint(times[i])) {
      return "not a whole period";
    }
    return i > 0 && !(times[i] > times[i - 1]) ? "not above the time before" : null;
  }
}
