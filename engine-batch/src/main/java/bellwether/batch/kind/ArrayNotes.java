package bellwether.batch.kind;

import java.util.List;

/** What {@code describe} says of arrays in files. */
final class ArrayNotes {
  static final List<String> NOTES =
      List.of(
          "Where an array of numbers is expected, {file: P.npy} (NumPy 1.0 to 3.0: f2 f4 f8, integers,",
          "booleans; C or Fortran order) or {file: P.mtx} (Matrix Market: coordinate or array; entries",
          "given twice are summed) may stand, relative to the job file.");

  private ArrayNotes() {}
}
