package bellwether.core.mdp;

import java.util.Arrays;

/**
 * The rows that a policy chooses. Those of a sparse model are copied together, so that evaluating
 * the policy reads no memory in vain; others stay where they are.
 */
final class PolicyRows {
  private final Backups backups;
  private final RowMdp model;
  private final double discount;
  private final double sign;
  private final int[] row;

  /** The rows whose entries stand below; -1 where none do. */
  private final int[] copied;

  private int[] start = {};
  private int[] successor = {};
  private double[] probability = {};

  PolicyRows(Backups backups, Objective objective) {
    this.backups = backups;
    model = backups.model();
    discount = backups.discount();
    sign = objective.sign();
    row = new int[model.states()];
    copied = new int[model.states()];
    Arrays.fill(copied, -1);
  }

  /** Takes the policy that the last sweep found best. */
  void refresh() {
    int[] best = backups.best();
    System.arraycopy(best, 0, row, 0, row.length);
    if (!(model instanceof SparseMdp sparse)) {
      return;
    }
    int n = row.length;
    boolean fits = start.length > 0;
    for (int s = 0; fits && s < n; s++) {
      fits = length(sparse, s) == start[s + 1] - start[s];
    }
    if (!fits) {
      Arrays.fill(copied, -1);
      start = new int[n + 1];
      for (int s = 0; s < n; s++) {
        start[s + 1] = start[s] + length(sparse, s);
      }
      if (successor.length < start[n]) {
        successor = new int[start[n]];
        probability = new double[start[n]];
      }
    }
    backups
        .team()
        .forEach(
            backups.pieces(),
            index -> {
              for (int s = backups.from(index); s < backups.to(index); s++) {
                if (copied[s] != row[s]) {
                  sparse.copyRow(row[s], successor, probability, start[s]);
                  copied[s] = row[s];
                }
              }
            });
  }

  private int length(SparseMdp sparse, int s) {
    return sparse.rowStart(row[s] + 1) - sparse.rowStart(row[s]);
  }

  /** sum_t P(s, t) v[t] under the policy. */
  double expected(int s, double[] v) {
    return start.length > 0
        ? SparseMdp.expected(start[s], start[s + 1], successor, probability, v)
        : model.expected(row[s], v);
  }

  /** The policy's backup in state s. */
  double backup(int s, double[] v) {
    return Math.fma(discount, expected(s, v), sign * model.rowReward(row[s]));
  }

  /** The row that the policy has in state s. */
  int row(int s) {
    return row[s];
  }
}
