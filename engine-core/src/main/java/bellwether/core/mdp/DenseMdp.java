package bellwether.core.mdp;

import bellwether.core.kernel.DenseKernels;
import bellwether.core.kernel.Kernels;
import bellwether.core.parallel.Workers;
import java.util.Arrays;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A model with dense rows, 8 bytes an entry: row k, column t at {@code (k mod rowsAChunk) * stride
 * + t} of chunk {@code k / rowsAChunk}. The rows of a state are neighbours.
 */
public final class DenseMdp extends RowMdp {
  /** Doubles of one chunk, at most: a gigabyte. */
  private static final int CHUNK = 1 << 27;

  /** Where rows begin in their chunks: at a multiple of 64 bytes where the collector aligns. */
  private static final int ORIGIN = 6;

  /** Doubles that are filled in one go, about. */
  private static final int BLOCK = 1 << 18;

  private final DenseKernels kernels = Kernels.best().dense();
  private final double[][] chunks;
  private final int rowsAChunk;
  private final int stride;
  private final double[] reward;
  private final double rowSumError;

  /** Writes rows of a model. */
  @FunctionalInterface
  public interface RowFiller {
    /**
     * Writes P(state, action, t) to {@code target[offset + t]} for every state t; the target is
     * zero.
     *
     * @return the expected reward
     */
    double fill(int state, int action, double[] target, int offset);
  }

  private DenseMdp(
      int states,
      int actions,
      int @Nullable [] firstRow,
      int @Nullable [] rowAction,
      RowFiller filler,
      @Nullable Workers workers) {
    super(states, actions, firstRow, rowAction);
    stride = (states + 7) / 8 * 8;
    rowsAChunk = Math.max(1, CHUNK / stride);
    int rows = rows();
    chunks = new double[(rows + rowsAChunk - 1) / rowsAChunk][];
    for (int i = 0; i < chunks.length; i++) {
      chunks[i] = new double[ORIGIN + Math.min(rowsAChunk, rows - i * rowsAChunk) * stride];
    }
    reward = new double[rows];
    int block = Math.max(1, BLOCK / (stride * Math.max(1, rows / states)));
    int blocks = (states + block - 1) / block;
    double[] worst = new double[blocks];
    IntConsumer fill = i -> worst[i] = fill(i * block, Math.min(states, (i + 1) * block), filler);
    if (workers == null) {
      for (int i = 0; i < blocks; i++) {
        fill.accept(i);
      }
    } else {
      workers.forEach(blocks, fill);
    }
    rowSumError = Arrays.stream(worst).max().orElse(0) + states * 0x1p-53;
  }

  /** Fills and checks the rows of some states; returns what their sums are off by, at most. */
  private double fill(int from, int to, RowFiller filler) {
    double worst = 0;
    for (int s = from; s < to; s++) {
      checkState(s, firstRow(s), firstRow(s + 1));
      for (int row = firstRow(s); row < firstRow(s + 1); row++) {
        double[] chunk = chunks[row / rowsAChunk];
        int action = action(s, row);
        reward[row] = filler.fill(s, action, chunk, offset(row));
        checkReward(s, action, reward[row]);
        worst = Math.max(worst, checkRow(s, action, chunk, offset(row)));
      }
    }
    return worst;
  }

  /**
   * A model in which every state has every action.
   *
   * @throws IllegalArgumentException naming the place, when a probability is not in [0, 1], a row
   *     does not sum to 1 within 1e-9 or a reward is not finite
   */
  public static DenseMdp of(int states, int actions, RowFiller filler) {
    checkSize(states, actions);
    return new DenseMdp(states, actions, null, null, filler, null);
  }

  /** The same, with rows that are filled on several threads at once. */
  public static DenseMdp of(int states, int actions, RowFiller filler, Workers workers) {
    checkSize(states, actions);
    return new DenseMdp(states, actions, null, null, filler, workers);
  }

  /**
   * A model with sets of actions: rows firstRow[s] to firstRow[s + 1] - 1 are those of state s, for
   * the actions {@code rowAction}, which increase within a state.
   */
  public static DenseMdp of(
      int states, int actions, int[] firstRow, int[] rowAction, RowFiller filler) {
    checkSize(states, actions);
    SparseMdp.checkActionSets(states, actions, firstRow, rowAction);
    return new DenseMdp(states, actions, firstRow, rowAction, filler, null);
  }

  private int offset(int row) {
    return ORIGIN + row % rowsAChunk * stride;
  }

  private double checkRow(int state, int action, double[] chunk, int offset) {
    double sum = 0;
    for (int t = 0; t < states(); t++) {
      checkEntry(state, action, t, states(), chunk[offset + t]);
      sum += chunk[offset + t];
    }
    checkSum(state, action, sum);
    if (Math.abs(sum - 1) <= ROUNDING) {
      return Math.abs(sum - 1);
    }
    for (int t = 0; t < states(); t++) {
      chunk[offset + t] /= sum;
    }
    return 0x1p-52;
  }

  @Override
  double rowReward(int row) {
    return reward[row];
  }

  @Override
  double expected(int row, double[] v) {
    return kernels.dot(chunks[row / rowsAChunk], offset(row), v, 0, states());
  }

  @Override
  int longestRow() {
    return states();
  }

  @Override
  double rowBytes() {
    return 8.0 * states() + 8;
  }

  @Override
  double rowSumError() {
    return rowSumError;
  }

  @Override
  void forEachSuccessor(int row, SuccessorConsumer consumer) {
    double[] chunk = chunks[row / rowsAChunk];
    for (int t = 0; t < states(); t++) {
      double p = chunk[offset(row) + t];
      if (p > 0) {
        consumer.accept(t, p);
      }
    }
  }

  /** Bytes that a model with so many rows takes. */
  public static double bytes(double states, double rows) {
    return 8 * rows * ((states + 7) / 8 * 8 + 1);
  }
}
