package bellwether.batch.array;

import bellwether.batch.tree.KeyPath;
import bellwether.batch.tree.Mistakes;
import java.io.IOException;

/** The entries (row, column, value) of a Matrix Market file. What is zero in an array is none. */
final class MatrixEntries extends FileEntries {
  private final double count;

  MatrixEntries(
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
    try (MatrixMarketFile file = MatrixMarketFile.open(reference.shown(), reference.path())) {
      double[] values = new double[3];
      boolean sparse = file.isCoordinate();
      file.visit(
          (line, row, column, value) -> {
            values[0] = row;
            values[1] = column;
            values[2] = value;
            return (!sparse && value == 0) || visitor.accept(line, values);
          });
      return file.sha256();
    }
  }
}
