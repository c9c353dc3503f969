package bellwether.core.mdp;

import java.util.Arrays;

/**
 * How the type of one agent moves under one action: a matrix of probabilities, row by row from the
 * type that is left to the types that are reached. Immutable; zeros are not stored, and a type that
 * always stays is recognized.
 */
public final class TypeTransition {
  private final int types;

  /** Row t has entries start[t] to start[t + 1] - 1. */
  private final int[] start;

  /** Increasing within a row. */
  private final int[] successor;

  private final double[] probability;
  private final int longestRow;
  private final double rowSumError;
  private final boolean stays;

  private TypeTransition(
      String name, int types, int[] start, int[] successor, double[] probability) {
    this.types = types;
    this.start = start;
    this.successor = successor;
    this.probability = probability;
    int longest = 0;
    double worst = 0;
    for (int t = 0; t < types; t++) {
      longest = Math.max(longest, start[t + 1] - start[t]);
      worst = Math.max(worst, normalize(name, t));
    }
    longestRow = longest;
    boolean identity = longest == 1;
    for (int t = 0; identity && t < types; t++) {
      identity = successor[t] == t && probability[t] == 1;
    }
    stays = identity;
    rowSumError = stays ? 0 : worst + longest * 0x1p-53;
  }

  /**
   * Types that never change.
   *
   * @throws IllegalArgumentException when there is less than one type
   */
  public static TypeTransition stay(int types) {
    if (types < 1) {
      throw new IllegalArgumentException("types must be at least 1: " + types);
    }
    int[] start = new int[types + 1];
    Arrays.setAll(start, t -> t);
    double[] one = new double[types];
    Arrays.fill(one, 1);
    return new TypeTransition("transition", types, start, Arrays.copyOf(start, types), one);
  }

  /**
   * A full matrix.
   *
   * @param matrix {@code matrix[t][u]} is the probability of u after t; it is copied
   * @throws IllegalArgumentException naming the place, when the matrix is not square, a probability
   *     is not in [0, 1] or a row does not sum to 1 within 1e-9
   */
  public static TypeTransition dense(double[][] matrix) {
    return dense("transition", matrix);
  }

  /** The same, with the name that messages use. */
  static TypeTransition dense(String name, double[][] matrix) {
    int types = matrix.length;
    if (types < 1) {
      throw new IllegalArgumentException(name + " must have at least one row: 0");
    }
    int[] start = new int[types + 1];
    int entries = 0;
    for (int t = 0; t < types; t++) {
      if (matrix[t].length != types) {
        throw new IllegalArgumentException(
            name + " row " + t + " has " + matrix[t].length + " entries, expected " + types);
      }
      for (int u = 0; u < types; u++) {
        checkProbability(name, t, u, matrix[t][u]);
        entries += matrix[t][u] > 0 ? 1 : 0;
      }
      start[t + 1] = entries;
    }
    int[] successor = new int[entries];
    double[] probability = new double[entries];
    int e = 0;
    for (double[] row : matrix) {
      for (int u = 0; u < types; u++) {
        if (row[u] > 0) {
          successor[e] = u;
          probability[e++] = row[u];
        }
      }
    }
    return new TypeTransition(name, types, start, successor, probability);
  }

  /**
   * Rows with few entries. The arrays are copied; what is given twice is added.
   *
   * @param start row t has entries start[t] to start[t + 1] - 1
   * @param successor by entry
   * @param probability by entry
   * @throws IllegalArgumentException naming the place, when a successor is no type, a probability
   *     is not in [0, 1], a row does not sum to 1 within 1e-9 or the arrays do not fit together
   */
  public static TypeTransition sparse(
      int types, int[] start, int[] successor, double[] probability) {
    String name = "transition";
    if (types < 1) {
      throw new IllegalArgumentException("types must be at least 1: " + types);
    }
    if (start.length != types + 1 || start[0] != 0 || start[types] > successor.length) {
      throw new IllegalArgumentException(
          "start must have " + (types + 1) + " entries, from 0 to at most " + successor.length);
    }
    if (successor.length != probability.length) {
      throw new IllegalArgumentException(
          "probability must have as many entries as successor, "
              + successor.length
              + ": "
              + probability.length);
    }
    int[] newStart = new int[types + 1];
    int[] newSuccessor = new int[start[types]];
    double[] newProbability = new double[start[types]];
    int size = 0;
    for (int t = 0; t < types; t++) {
      if (start[t + 1] < start[t]) {
        throw new IllegalArgumentException(
            "start must not decrease: " + start[t] + ", then " + start[t + 1]);
      }
      for (int e = start[t]; e < start[t + 1]; e++) {
        int u = successor[e];
        if (u < 0 || u >= types) {
          throw new IllegalArgumentException(
              name + " row " + t + " has successor " + u + ", expected 0 to " + (types - 1));
        }
        checkProbability(name, t, u, probability[e]);
        if (probability[e] == 0) {
          continue;
        }
        int at = Arrays.binarySearch(newSuccessor, newStart[t], size, u);
        if (at >= 0) {
          newProbability[at] += probability[e];
        } else {
          at = -at - 1;
          System.arraycopy(newSuccessor, at, newSuccessor, at + 1, size - at);
          System.arraycopy(newProbability, at, newProbability, at + 1, size - at);
          newSuccessor[at] = u;
          newProbability[at] = probability[e];
          size++;
        }
      }
      newStart[t + 1] = size;
    }
    return new TypeTransition(
        name,
        types,
        newStart,
        Arrays.copyOf(newSuccessor, size),
        Arrays.copyOf(newProbability, size));
  }

  private static void checkProbability(String name, int from, int to, double p) {
    if (!(p >= 0 && p <= 1 + RowMdp.ROW_SUM_TOLERANCE)) {
      throw new IllegalArgumentException(
          name
              + " row "
              + from
              + " has probability "
              + p
              + " of type "
              + to
              + ", expected a number from 0 to 1");
    }
  }

  /** Divides a row by its sum unless that is 1 already; returns what its sum is off by. */
  private double normalize(String name, int row) {
    double sum = 0;
    for (int e = start[row]; e < start[row + 1]; e++) {
      sum += probability[e];
    }
    if (!(Math.abs(sum - 1) <= RowMdp.ROW_SUM_TOLERANCE)) {
      throw new IllegalArgumentException(
          name
              + " row "
              + row
              + " sums to "
              + sum
              + ", expected 1 within "
              + RowMdp.ROW_SUM_TOLERANCE);
    }
    if (Math.abs(sum - 1) <= RowMdp.ROUNDING) {
      return Math.abs(sum - 1);
    }
    for (int e = start[row]; e < start[row + 1]; e++) {
      probability[e] /= sum;
    }
    return 0x1p-52;
  }

  /** How many types there are. */
  public int types() {
    return types;
  }

  /** Whether no type ever changes. */
  public boolean stays() {
    return stays;
  }

  /** Entries that are not 0. */
  public int entries() {
    return start[types];
  }

  /** Calls {@code consumer} for the types that may follow a type, in increasing order. */
  public void forEachSuccessor(int type, SuccessorConsumer consumer) {
    for (int e = start[type]; e < start[type + 1]; e++) {
      consumer.accept(successor[e], probability[e]);
    }
  }

  int start(int row) {
    return start[row];
  }

  int successor(int entry) {
    return successor[entry];
  }

  double probability(int entry) {
    return probability[entry];
  }

  int longestRow() {
    return longestRow;
  }

  /** How far the exact sum of a row may be from 1. */
  double rowSumError() {
    return rowSumError;
  }

  /** Whether types move in the same way, to the last bit. */
  boolean same(TypeTransition other) {
    return this == other
        || (Arrays.equals(start, other.start)
            && Arrays.equals(successor, other.successor)
            && Arrays.equals(probability, other.probability));
  }

  /**
   * How two agents move side by side: type t of the first and u of the second are type {@code t *
   * second.types() + u} of both. Rows keep the products of the factors' entries.
   */
  static TypeTransition both(TypeTransition first, TypeTransition second) {
    int types = first.types * second.types;
    int[] start = new int[types + 1];
    int[] successor = new int[first.entries() * second.entries()];
    double[] probability = new double[successor.length];
    int size = 0;
    for (int t = 0; t < types; t++) {
      int one = t / second.types;
      int two = t % second.types;
      for (int e = first.start[one]; e < first.start[one + 1]; e++) {
        for (int f = second.start[two]; f < second.start[two + 1]; f++) {
          successor[size] = first.successor[e] * second.types + second.successor[f];
          probability[size++] = first.probability[e] * second.probability[f];
        }
      }
      start[t + 1] = size;
    }
    return new TypeTransition("transition", types, start, successor, probability);
  }
}
