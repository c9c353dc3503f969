package bellwether.mechanisms.joint;

import bellwether.core.mdp.TypeTransition;
import bellwether.core.parallel.Workers;
import bellwether.mechanisms.environment.Environment;
import bellwether.mechanisms.environment.PhysicalStates;
import java.util.Arrays;
import java.util.IdentityHashMap;

/**
 * Functions of the physical state and the types of some agents, and what they are expected to be
 * next period. f(k, theta) is one array, k first, then the agents in their order, then {@code
 * trailing} numbers that do not move.
 *
 * <p>An expectation is one mode product an agent that moves: sum_i T_i multiplications a joint
 * state, never a joint matrix.
 */
public final class TypeTensor {
  /** Stands for no agent. */
  public static final int NOBODY = -1;

  /** Doubles of the inner dimension that are worked on at once, so that they stay in the cache. */
  private static final int BLOCK = 2048;

  /** Doubles of a piece of work. */
  private static final int PIECE = 1 << 15;

  private final PhysicalStates physical;
  private final int[] agents;
  private final int[] size;
  private final int[] inner;
  private final int block;
  private final ModeMatrix[][] matrix;
  private final Workers workers;

  /**
   * Functions of the types of these agents.
   *
   * @param agents in increasing order
   * @param trailing how many numbers there are for each joint state, at least 1
   */
  public TypeTensor(Environment environment, int[] agents, int trailing, Workers workers) {
    this.physical = environment.physical();
    this.agents = agents.clone();
    this.workers = workers;
    int n = agents.length;
    size = new int[n];
    inner = new int[n];
    matrix = new ModeMatrix[n][environment.actions()];
    long length = trailing;
    for (int j = n - 1; j >= 0; j--) {
      size[j] = environment.agent(agents[j]).types();
      inner[j] = Math.toIntExact(length);
      length *= size[j];
      IdentityHashMap<TypeTransition, ModeMatrix> known = new IdentityHashMap<>();
      for (int a = 0; a < environment.actions(); a++) {
        matrix[j][a] =
            known.computeIfAbsent(environment.agent(agents[j]).transition(a), ModeMatrix::new);
      }
    }
    if (length * physical.count() > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "a table of " + length * physical.count() + " numbers is longer than an array");
    }
    block = (int) length;
  }

  /** Functions of all agents' types. */
  public static TypeTensor all(Environment environment, Workers workers) {
    return new TypeTensor(environment, others(environment.size(), NOBODY), 1, workers);
  }

  /** Functions of the types of all agents but one. */
  public static TypeTensor without(Environment environment, int i, Workers workers) {
    return new TypeTensor(environment, others(environment.size(), i), 1, workers);
  }

  private static int[] others(int n, int out) {
    int[] all = new int[out == NOBODY ? n : n - 1];
    for (int i = 0, at = 0; i < n; i++) {
      if (i != out) {
        all[at++] = i;
      }
    }
    return all;
  }

  /** Numbers of a function. */
  public int length() {
    return block * physical.count();
  }

  /** Numbers of a function in one physical state. */
  public int block() {
    return block;
  }

  /** Whose loops run here. */
  public Workers workers() {
    return workers;
  }

  /** E[f(next(k, a), theta') | theta, a]; see {@link #expect(int, double[], int, double[][])}. */
  public double[] expect(int action, double[] f, double[][] space) {
    return expect(action, f, NOBODY, space);
  }

  /**
   * E[f(next(k, a), theta') | theta, a] for every k and theta; where a is not feasible in k the
   * numbers mean nothing.
   *
   * @param fixed an agent whose type is not to move, or {@link #NOBODY}
   * @param space two arrays of {@link #length} to work in
   * @return one of them, or f where nothing moves
   */
  public double[] expect(int action, double[] f, int fixed, double[][] space) {
    Workers.checkInterrupted();
    double[] from = f;
    int free = 0;
    if (physical.count() > 1) {
      from = space[0];
      free = 1;
      for (int k = 0; k < physical.count(); k++) {
        int next = physical.feasible(k, action) ? physical.next(k, action) : k;
        System.arraycopy(f, next * block, from, k * block, block);
      }
    }
    for (int j = agents.length - 1; j >= 0; j--) {
      ModeMatrix mode = matrix[j][action];
      if (mode.stays || agents[j] == fixed) {
        continue;
      }
      double[] to = space[free];
      free = 1 - free;
      if (inner[j] == 1) {
        rows(mode, from, to, size[j]);
      } else {
        blocks(mode, from, to, size[j], inner[j]);
      }
      from = to;
    }
    return from;
  }

  /** The innermost dimension moves. */
  private void rows(ModeMatrix mode, double[] from, double[] to, int types) {
    int rows = from.length / types;
    int each = Math.max(1, PIECE / types);
    int pieces = (rows + each - 1) / each;
    run(
        pieces,
        piece -> {
          int end = Math.min(rows, (piece + 1) * each);
          for (int r = piece * each; r < end; r++) {
            mode.row(from, to, r * types);
          }
        });
  }

  private void blocks(ModeMatrix mode, double[] from, double[] to, int types, int length) {
    int outer = from.length / (types * length);
    int width = Math.min(length, BLOCK);
    int cuts = (length + width - 1) / width;
    int tasks = outer * cuts;
    int each = Math.max(1, PIECE / (types * width));
    run(
        (tasks + each - 1) / each,
        piece -> {
          int end = Math.min(tasks, (piece + 1) * each);
          for (int task = piece * each; task < end; task++) {
            int at = task % cuts * width;
            mode.block(
                from, to, task / cuts * types * length + at, length, Math.min(width, length - at));
          }
        });
  }

  private void run(int pieces, java.util.function.IntConsumer piece) {
    if (pieces == 1) {
      piece.accept(0);
    } else {
      workers.forEach(pieces, piece);
    }
  }

  /**
   * The mean of a function in one physical state when types are independent.
   *
   * @param law by agent of the tensor: the probability of each type
   */
  public double mean(int k, double[][] law, double[] f) {
    double[] from = Arrays.copyOfRange(f, k * block, (k + 1) * block);
    int length = block;
    for (int j = 0; j < agents.length; j++) {
      length /= size[j];
      double[] to = new double[length];
      for (int t = 0; t < size[j]; t++) {
        double p = law[j][t];
        if (p != 0) {
          for (int x = 0; x < length; x++) {
            to[x] += p * from[t * length + x];
          }
        }
      }
      from = to;
    }
    return from[0];
  }

  /**
   * The laws of next period's types after one profile, for {@link #mean}.
   *
   * @param types of the tensor's agents
   */
  public double[][] nextLaw(int action, int... types) {
    double[][] law = new double[agents.length][];
    for (int j = 0; j < law.length; j++) {
      law[j] = new double[size[j]];
      matrix[j][action].fill(types[j], law[j]);
    }
    return law;
  }
}
