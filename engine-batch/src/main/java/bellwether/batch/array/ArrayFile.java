package bellwether.batch.array;

import bellwether.batch.tree.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An open array file: its shape is known, its numbers have yet to be read. */
sealed interface ArrayFile extends AutoCloseable permits NpyFile, NpzMember, MatrixMarketFile {

  /** 1 to 3; a vector of n numbers is one row of n columns. */
  int dimensions();

  /** The sides; the last is the number of columns, the others make the number of rows. */
  default long[] shape() {
    return new long[] {rows(), columns()};
  }

  /** The number of rows, 1 for a vector. */
  long rows();

  /** The number of columns. */
  long columns();

  /**
   * Reads all numbers, row after row, and hands each row to {@code check} before more memory than
   * one row is taken, where the order in the file allows.
   *
   * @return the matrix by rows, or null when {@code check} wanted no more
   */
  double @Nullable [] read(RowCheck check) throws IOException, ArrayFileException;

  /** The SHA-256 of the file, once it has been read. */
  String sha256();

  @Override
  void close() throws IOException;

  /**
   * Opens a file.
   *
   * @param mostDimensions how many dimensions the array may have
   */
  static ArrayFile open(FileReference reference, int mostDimensions)
      throws IOException, ArrayFileException {
    String name = reference.shown();
    String ending = name.toLowerCase(Locale.ROOT);
    boolean npz = ending.endsWith(".npz");
    boolean npy = ending.endsWith(".npy");
    if (!npy && !npz && !ending.endsWith(".mtx")) {
      throw new ArrayFileException(
          name
              + ": unknown kind of array file, allowed: .npy or .npz (NumPy) or .mtx (Matrix"
              + " Market)");
    }
    Path path = reference.path();
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw new ArrayFileException(name + ": is not a plain file");
    }
    try {
      return npz
          ? NpzMember.open(name, path, reference.member(), mostDimensions)
          : npy ? NpyFile.open(name, path, mostDimensions) : MatrixMarketFile.open(name, path);
    } catch (IOException e) {
      throw new ArrayFileException(name + ": " + SourceFile.reason(e));
    }
  }
}
