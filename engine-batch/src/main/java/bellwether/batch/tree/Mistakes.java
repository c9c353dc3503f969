package bellwether.batch.tree;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The mistakes of one job file, one line each: {@code FILE:LINE: path.to.key: what is wrong, what
 * was given, what is allowed (column C)}.
 */
public final class Mistakes {
  /** How many are told; of more, only the number. */
  public static final int TOLD = 20;

  private static final int KEPT = 2_000;

  /** Whole lines of other files have no path. Places are looked up only for what is told. */
  private record Mistake(int position, @Nullable KeyPath path, String words) {}

  private final SourceFile file;
  private final List<Mistake> kept = new ArrayList<>();
  private long count;

  /** No mistakes in {@code file} so far. */
  public Mistakes(SourceFile file) {
    this.file = file;
  }

  /** The file that is looked at. */
  public SourceFile file() {
    return file;
  }

  /** Whether nothing is wrong so far. */
  public boolean none() {
    return count == 0;
  }

  /** How many there are so far. */
  public long count() {
    return count;
  }

  /** Tells what is wrong, what was given and what is allowed at {@code path}. */
  public void add(int position, KeyPath path, String wrong, String given, String allowed) {
    add(position, path, wrong + ", given " + given + ", allowed: " + allowed);
  }

  /** Tells {@code sentence} at {@code path}. */
  public void add(int position, KeyPath path, String sentence) {
    keep(new Mistake(position, path, sentence));
  }

  /** Tells of a mistake in another file, named at {@code position}, by a whole line. */
  public void addElsewhere(int position, String line) {
    keep(new Mistake(position, null, line));
  }

  private void keep(Mistake mistake) {
    if (++count <= KEPT) {
      kept.add(mistake);
    }
  }

  private String line(Mistake mistake) {
    if (mistake.path() == null) {
      return mistake.words();
    }
    Location at = file.locate(mistake.position());
    return file.shownName()
        + ":"
        + at.line()
        + ": "
        + mistake.path()
        + ": "
        + mistake.words()
        + " (column "
        + at.column()
        + ")";
  }

  /** The lines, in the order of the file, at most {@link #TOLD} and one that counts the rest. */
  public List<String> lines() {
    List<String> lines =
        new ArrayList<>(
            kept.stream()
                .sorted(Comparator.comparingInt(Mistake::position))
                .limit(TOLD)
                .map(this::line)
                .toList());
    if (count > TOLD) {
      lines.add(file.shownName() + ": and " + (count - TOLD) + " more mistakes");
    }
    return lines;
  }
}
