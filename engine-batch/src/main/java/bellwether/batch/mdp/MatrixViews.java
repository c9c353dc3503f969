package bellwether.batch.mdp;

import bellwether.batch.array.EntryTable;
import java.util.List;

/** Matrices of probabilities as entries (s, a, t, p). */
final class MatrixViews {
  private MatrixViews() {}

  /** One matrix whose row s * actions + a has the probabilities of action a in state s. */
  static EntryTable stacked(EntryTable matrix, int actions) {
    return new EntryTable() {
      private final double[] entry = new double[4];

      @Override
      public double count() {
        return matrix.count();
      }

      @Override
      public void forEach(Visitor visitor) {
        matrix.forEach(
            (number, values) -> {
              entry[0] = Math.floor(values[0] / actions);
              entry[1] = values[0] - entry[0] * actions;
              entry[2] = values[1];
              entry[3] = values[2];
              return visitor.accept(number, entry);
            });
      }

      @Override
      public void wrong(int number, int column, String wrong, String given, String allowed) {
        matrix.wrong(number, column < 0 ? -1 : Math.max(0, column - 1), wrong, given, allowed);
      }
    };
  }

  /** A matrix for every action. */
  static EntryTable byAction(List<EntryTable> matrices) {
    return new EntryTable() {
      private final double[] entry = new double[4];

      // How many entries the matrices up to each have.
      private final int[] ends = new int[matrices.size()];

      @Override
      public double count() {
        return matrices.stream().mapToDouble(EntryTable::count).sum();
      }

      @Override
      public void forEach(Visitor visitor) {
        boolean[] goOn = {true};
        int[] end = {0};
        for (int a = 0; a < matrices.size() && goOn[0]; a++) {
          int first = end[0];
          entry[1] = a;
          matrices
              .get(a)
              .forEach(
                  (number, values) -> {
                    entry[0] = values[0];
                    entry[2] = values[1];
                    entry[3] = values[2];
                    end[0] = first + number + 1;
                    goOn[0] = visitor.accept(first + number, entry);
                    return goOn[0];
                  });
          ends[a] = end[0];
        }
      }

      @Override
      public void wrong(int number, int column, String wrong, String given, String allowed) {
        int a = 0;
        while (a < ends.length - 1 && ends[a] != 0 && number >= ends[a]) {
          a++;
        }
        int first = a == 0 ? 0 : ends[a - 1];
        int inMatrix = column < 2 ? column : column - 1;
        matrices.get(a).wrong(number - first, inMatrix, wrong, given, allowed);
      }
    };
  }
}
