package bellwether.batch.array;

import bellwether.batch.tree.KeyPath;
import bellwether.batch.tree.Mistakes;
import java.io.IOException;

/** Entries that stand in a file, which is opened anew for every reading. */
public abstract class FileEntries implements EntryTable {
  private final Mistakes mistakes;
  private final NumberArrays arrays;
  private final int position;
  private final KeyPath path;
  private final FileReference reference;

  /** Where the entry read last stands, and its number. */
  private int line;

  private int current = -1;

  /**
   * Entries of a file that the job names at {@code position}.
   *
   * @param arrays where it is noted when it has been read whole
   */
  protected FileEntries(
      Mistakes mistakes, NumberArrays arrays, int position, KeyPath path, FileReference reference) {
    this.mistakes = mistakes;
    this.arrays = arrays;
    this.position = position;
    this.path = path;
    this.reference = reference;
  }

  /** Takes entries with their places. */
  @FunctionalInterface
  protected interface LineVisitor {
    /** One entry; the line is 0 where the file has none. Returns whether to go on. */
    boolean accept(int line, double[] values);
  }

  /**
   * Reads the file from its beginning to its end, or to where the visitor wants no more.
   *
   * @return its SHA-256
   */
  protected abstract String read(FileReference file, LineVisitor visitor)
      throws IOException, ArrayFileException;

  @Override
  public final void forEach(Visitor visitor) {
    current = -1;
    String sha256 =
        guarded(
            (at, values) -> {
              line = at;
              return visitor.accept(++current, values);
            });
    if (!sha256.isEmpty()) {
      arrays.note(reference.name(), sha256);
    }
  }

  /** Reads; empty after a mistake. */
  private String guarded(LineVisitor visitor) {
    try {
      return read(reference, visitor);
    } catch (ArrayFileException e) {
      mistakes.add(position, path, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      mistakes.add(position, path, reference.shown() + ": cannot be read: " + e.getMessage());
    }
    return "";
  }

  /** Tells what is wrong with the file as a whole. */
  protected final void wrong(String sentence) {
    mistakes.add(position, path, sentence);
  }

  @Override
  public final void wrong(int entry, int column, String wrong, String given, String allowed) {
    if (entry != current) {
      // Only mistakes need the place of an entry that has gone by: look for it again.
      current = -1;
      guarded(
          (at, _) -> {
            line = at;
            return ++current < entry;
          });
    }
    String place = line > 0 ? ":" + line + ": " : ": entry " + entry + ": ";
    mistakes.add(
        position,
        path,
        reference.shown() + place + wrong + ", given " + given + ", allowed: " + allowed);
  }
}
