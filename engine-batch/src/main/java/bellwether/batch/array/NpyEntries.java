package bellwether.batch.array;

import bellwether.batch.tree.KeyPath;
import bellwether.batch.tree.Mistakes;
import java.io.IOException;

/** Entries in a NumPy file, a row each. */
final class NpyEntries extends FileEntries {
  private final double count;

  NpyEntries(
      Mistakes mistakes,
      NumberArrays arrays,
      int position,
      KeyPath path,
      FileReference reference,
      double count) {
    super(mistakes, arrays, position, path, reference);
    this.count = count;
  }

  @Override
  public double count() {
    return count;
  }

  @Override
  protected String read(FileReference reference, LineVisitor visitor)
      throws IOException, ArrayFileException {
    try (ArrayFile file = ArrayFile.open(reference, 2)) {
      int columns = (int) file.columns();
      double[] values = new double[columns];
      RowCheck rows =
          (_, row, offset, _) -> {
            System.arraycopy(row, offset, values, 0, columns);
            return visitor.accept(0, values);
          };
      switch (file) {
        case NpyFile npy -> npy.visit(rows);
        case NpzMember npz -> npz.visit(rows);
        case MatrixMarketFile matrix -> matrix.read(rows);
      }
      return file.sha256();
    }
  }
}
