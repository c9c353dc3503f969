package bellwether.batch.array;

import bellwether.batch.tree.KeyPath;
import bellwether.batch.tree.Mistakes;
import bellwether.batch.tree.Shown;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The entries (row, column, value) of a matrix that SciPy's {@code save_npz} wrote in compressed
 * rows: entries indptr[r] to indptr[r + 1] - 1 of {@code indices} and {@code data} are row r's.
 */
final class CsrEntries extends FileEntries {
  private static final List<String> MEMBERS = List.of("indptr", "indices", "data", "shape");

  private final long[] shape;
  private final double count;

  private CsrEntries(
      Mistakes mistakes,
      NumberArrays arrays,
      int position,
      KeyPath path,
      FileReference reference,
      long[] shape,
      double count) {
    super(mistakes, arrays, position, path, reference);
    this.shape = shape;
    this.count = count;
  }

  /** Whether a .npz file holds such a matrix rather than arrays of the user's own. */
  static boolean is(FileReference reference) {
    if (reference.member() != null) {
      return false;
    }
    try (ZipFile zip = new ZipFile(reference.path().toFile())) {
      return NpzMember.members(zip).containsAll(MEMBERS);
    } catch (IOException _) {
      // Whoever reads it as something else will say what is wrong.
      return false;
    }
  }

  static CsrEntries open(
      Mistakes mistakes, NumberArrays arrays, int position, KeyPath path, FileReference reference)
      throws IOException, ArrayFileException {
    String format = format(reference);
    if (!format.endsWith("csr")) {
      throw new ArrayFileException(
          reference.shown()
              + ": a sparse matrix of format "
              + Shown.text(format.substring(Math.max(0, format.length() - 3)))
              + ", allowed: csr");
    }
    double[] sides = vector(reference, "shape");
    if (sides.length != 2 || !(sides[0] >= 0 && sides[1] >= 0)) {
      throw new ArrayFileException(reference.shown() + ": its shape is not that of a matrix");
    }
    long count;
    try (NpzMember data = NpzMember.open(reference.shown(), reference.path(), "data", 1)) {
      count = data.columns();
    }
    long[] shape = {(long) sides[0], (long) sides[1]};
    return new CsrEntries(mistakes, arrays, position, path, reference, shape, count);
  }

  /**
   * What {@code format.npy} holds: the word at its end, after a header; one to four bytes a letter.
   */
  private static String format(FileReference reference) throws IOException {
    try (ZipFile zip = new ZipFile(reference.path().toFile())) {
      ZipEntry entry = zip.getEntry("format.npy");
      if (entry == null) {
        return "";
      }
      try (InputStream in = zip.getInputStream(entry)) {
        return new String(in.readNBytes(1 << 12), StandardCharsets.ISO_8859_1)
            .replace("\0", "")
            .strip();
      }
    }
  }

  private static double[] vector(FileReference reference, String member)
      throws IOException, ArrayFileException {
    try (NpzMember array = NpzMember.open(reference.shown(), reference.path(), member, 1)) {
      double[] values = array.read((_, _, _, _) -> true);
      return values == null ? new double[0] : values;
    }
  }

  long rows() {
    return shape[0];
  }

  long columns() {
    return shape[1];
  }

  @Override
  public double count() {
    return count;
  }

  @Override
  protected String read(FileReference reference, LineVisitor visitor)
      throws IOException, ArrayFileException {
    double[] starts = vector(reference, "indptr");
    double[] columns = vector(reference, "indices");
    double[] data = vector(reference, "data");
    if (starts.length != shape[0] + 1
        || starts[0] != 0
        || starts[starts.length - 1] != data.length
        || columns.length != data.length) {
      throw new ArrayFileException(
          reference.shown() + ": its indptr, indices, data and shape do not fit together");
    }
    double[] values = new double[3];
    for (int r = 0; r < starts.length - 1; r++) {
      if (!(starts[r] <= starts[r + 1] && starts[r] == Math.rint(starts[r]))) {
        throw new ArrayFileException(
            reference.shown() + ": its indptr decreases or is not whole at " + r);
      }
      for (int e = (int) starts[r]; e < (int) starts[r + 1]; e++) {
        values[0] = r;
        values[1] = columns[e];
        values[2] = data[e];
        if (!visitor.accept(0, values)) {
          return "";
        }
      }
    }
    try (NpzMember file = NpzMember.open(reference.shown(), reference.path(), "shape", 1)) {
      return file.sha256();
    }
  }
}
