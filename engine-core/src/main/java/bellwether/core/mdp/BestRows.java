package bellwether.core.mdp;

/**
 * The best row of every state. Those of a sparse model are copied together: a sweep that evaluates
 * little else would otherwise wait for memory in a hundred thousand places, row by row (measured:
 * 10 times slower). Rows of other models are long, or made on the spot, and stay where they are.
 */
final class BestRows {
  private final RowMdp model;
  private final double discount;
  private final double sign;

  /** By state: the row. */
  private final int[] row;

  private final double[] reward;

  /** Where a state's entries begin, and end; empty where nothing is copied. */
  private final int[] start;

  private final int[] end;
  private final int[] successor;
  private final double[] probability;

  /**
   * Best rows of a model.
   *
   * @param copies whether rows of sparse models are copied together
   */
  BestRows(RowMdp model, double discount, double sign, boolean copies) {
    this.model = model;
    this.discount = discount;
    this.sign = sign;
    int n = model.states();
    row = new int[n];
    if (copies && model instanceof SparseMdp sparse) {
      reward = new double[n];
      start = new int[n];
      end = new int[n];
      int size = 0;
      for (int s = 0; s < n; s++) {
        start[s] = size;
        int longest = 0;
        for (int k = sparse.firstRow(s); k < sparse.firstRow(s + 1); k++) {
          longest = Math.max(longest, sparse.rowStart(k + 1) - sparse.rowStart(k));
        }
        size += longest;
      }
      successor = new int[size];
      probability = new double[size];
    } else {
      reward = new double[0];
      start = new int[0];
      end = new int[0];
      successor = new int[0];
      probability = new double[0];
    }
  }

  int row(int s) {
    return row[s];
  }

  /**
   * Makes a row the best of state s, which has to be {@linkplain #copy copied} before it is used.
   */
  void mark(int s, int k) {
    row[s] = k;
  }

  /** Makes a row the best of state s. */
  void set(int s, int k) {
    row[s] = k;
    copy(s);
  }

  /** Copies the entries of the best row of state s. */
  void copy(int s) {
    if (start.length > 0 && model instanceof SparseMdp sparse) {
      int k = row[s];
      sparse.copyRow(k, successor, probability, start[s]);
      end[s] = start[s] + sparse.rowStart(k + 1) - sparse.rowStart(k);
      reward[s] = sign * sparse.rowReward(k);
    }
  }

  /** sum_t P(s, t) v[t] of the best row. */
  double expected(int s, double[] v) {
    return start.length > 0
        ? SparseMdp.expected(start[s], end[s], successor, probability, v)
        : model.expected(row[s], v);
  }

  /** sign r + d P v of the best row, the same bits as the model's own. */
  double backup(int s, double[] v) {
    return start.length > 0
        ? Math.fma(
            discount, SparseMdp.expected(start[s], end[s], successor, probability, v), reward[s])
        : model.backup(row[s], v, discount, sign);
  }
}
