package bellwether.batch.array;

import bellwether.batch.tree.KeyPath;
import bellwether.batch.tree.Mistakes;
import bellwether.batch.tree.Node;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds out what entries a job gives, in itself or in a file. */
public final class EntryReader {
  private final Mistakes mistakes;
  private final NumberArrays arrays;

  /** Reads entries of the job whose mistakes are these; files are noted in {@code arrays}. */
  public EntryReader(Mistakes mistakes, NumberArrays arrays) {
    this.mistakes = mistakes;
    this.arrays = arrays;
  }

  /**
   * What a file holds.
   *
   * @param matrix whether entries are (row, column, value) of a matrix of this shape; else they are
   *     its rows
   */
  public record Found(boolean matrix, long rows, long columns, EntryTable entries) {
    /** The shape in words. */
    public String shape() {
      return rows + " x " + columns;
    }
  }

  /** Entries of {@code width} numbers in a list of the job. */
  public EntryTable inline(Node.ListNode list, KeyPath path, int width, String allowed) {
    return new InlineEntries(mistakes, list, path, width, allowed);
  }

  /** What the file has that an object names; null after a mistake. */
  public @Nullable Found file(Node.ObjectNode object, KeyPath path) {
    FileReference reference = FileReference.of(mistakes, object, path);
    if (reference == null) {
      return null;
    }
    int position = object.position();
    try {
      if (reference.name().toLowerCase(Locale.ROOT).endsWith(".npz") && CsrEntries.is(reference)) {
        CsrEntries entries = CsrEntries.open(mistakes, arrays, position, path, reference);
        return new Found(true, entries.rows(), entries.columns(), entries);
      }
      try (ArrayFile file = ArrayFile.open(reference, 2)) {
        return switch (file) {
          case MatrixMarketFile matrix ->
              new Found(
                  true,
                  file.rows(),
                  file.columns(),
                  new MatrixEntries(mistakes, arrays, position, path, reference, matrix.entries()));
          case NpyFile _, NpzMember _ ->
              new Found(
                  false,
                  file.rows(),
                  file.columns(),
                  new NpyEntries(
                      mistakes, arrays, position, path, reference, (double) file.rows()));
        };
      }
    } catch (ArrayFileException e) {
      mistakes.add(position, path, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      mistakes.add(position, path, reference.shown() + ": cannot be read: " + e.getMessage());
    }
    return null;
  }
}
