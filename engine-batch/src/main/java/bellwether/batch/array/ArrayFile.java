package bellwether.batch.array;

import bellwether.batch.tree.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An open array file: its shape is known, its numbers have yet to be read. */
sealed interface ArrayFile extends AutoCloseable permits NpyFile, MatrixMarketFile {

  /** 1 or 2; a vector of n numbers is one row of n columns. */
  int dimensions();

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
   * @param name what messages call it
   */
  static ArrayFile open(String name, Path path) throws IOException, ArrayFileException {
    String ending = name.toLowerCase(Locale.ROOT);
    boolean npy = ending.endsWith(".npy");
    if (!npy && !ending.endsWith(".mtx")) {
      throw new ArrayFileException(
          name + ": unknown kind of array file, allowed: .npy (NumPy) or .mtx (Matrix Market)");
    }
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw new ArrayFileException(name + ": is not a plain file");
    }
    try {
      return npy ? NpyFile.open(name, path) : MatrixMarketFile.open(name, path);
    } catch (IOException e) {
      throw new ArrayFileException(name + ": " + SourceFile.reason(e));
    }
  }
}
