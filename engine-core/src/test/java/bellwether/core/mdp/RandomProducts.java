package bellwether.core.mdp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Random product models, and the explicit models that they stand for. */
final class RandomProducts {
  private RandomProducts() {}

  /**
   * A model with agents of given numbers of types. Matrices stay, have few entries or are full;
   * some agents forbid some actions.
   */
  static ProductMdp of(long seed, double scale, int actions, int... types) {
    SplittableRandom random = new SplittableRandom(seed);
    List<ProductAgent> agents = new ArrayList<>();
    for (int size : types) {
      double[][] value = new double[actions][];
      TypeTransition[] transition = new TypeTransition[actions];
      boolean[][] allowed = new boolean[actions][size];
      boolean restricts = random.nextInt(4) == 0;
      for (int a = 0; a < actions; a++) {
        value[a] = random.doubles(size, -scale, scale).toArray();
        transition[a] = transition(random, size);
        for (int t = 0; t < size; t++) {
          // Action 0 is always allowed.
          allowed[a][t] = a == 0 || !restricts || random.nextInt(3) > 0;
        }
      }
      agents.add(ProductAgent.of(value, transition).allowing(allowed));
    }
    return ProductMdp.of(random.doubles(actions, -scale, scale).toArray(), agents);
  }

  /** A model of small random shape. */
  static ProductMdp small(long seed, double scale) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] types = new int[1 + random.nextInt(4)];
    int most = types.length == 1 ? 40 : types.length == 2 ? 9 : types.length == 3 ? 5 : 4;
    for (int i = 0; i < types.length; i++) {
      types[i] = 1 + random.nextInt(most);
    }
    return of(seed + 1000, scale, 1 + random.nextInt(3), types);
  }

  private static TypeTransition transition(SplittableRandom random, int types) {
    int kind = random.nextInt(4);
    if (kind == 0) {
      return TypeTransition.stay(types);
    }
    double[][] matrix = new double[types][types];
    for (double[] row : matrix) {
      int entries = kind == 1 ? types : Math.min(types, 1 + random.nextInt(kind == 2 ? 2 : 4));
      for (int k = 0; k < entries; k++) {
        row[kind == 1 ? k : random.nextInt(types)] += random.nextDouble() + 1e-3;
      }
      double sum = Arrays.stream(row).sum();
      for (int u = 0; u < types; u++) {
        row[u] /= sum;
      }
    }
    return TypeTransition.dense(matrix);
  }

  /**
   * A model in which types move in the same way whatever the action is, but for the last action if
   * that is wanted.
   */
  static ProductMdp exogenous(long seed, int actions, boolean butLast, int... types) {
    SplittableRandom random = new SplittableRandom(seed);
    ProductMdp model = of(seed, 1, actions, types);
    List<ProductAgent> agents = new ArrayList<>();
    for (int i = 0; i < types.length; i++) {
      double[][] value = new double[actions][];
      boolean[][] allowed = new boolean[actions][types[i]];
      TypeTransition[] transition = new TypeTransition[actions];
      TypeTransition all = transition(random, types[i]);
      for (int a = 0; a < actions; a++) {
        value[a] = random.doubles(types[i], -1, 1).toArray();
        transition[a] = butLast && a == actions - 1 ? transition(random, types[i]) : all;
        for (int t = 0; t < types[i]; t++) {
          allowed[a][t] = model.agent(i).allows(a, t);
        }
      }
      agents.add(ProductAgent.of(value, transition).allowing(allowed));
    }
    return ProductMdp.of(random.doubles(actions, -1, 1).toArray(), agents);
  }

  /** Every agent moves to one of two random types, in every action or in its own only. */
  static ProductMdp twoSuccessors(long seed, boolean bandit, int... types) {
    SplittableRandom random = new SplittableRandom(seed);
    int actions = bandit ? types.length : 1;
    List<ProductAgent> agents = new ArrayList<>();
    for (int i = 0; i < types.length; i++) {
      int n = types[i];
      double[][] matrix = new double[n][n];
      for (double[] row : matrix) {
        double p = random.nextDouble(0.1, 0.9);
        row[random.nextInt(n)] += p;
        row[random.nextInt(n)] += 1 - p;
      }
      double[][] value = new double[actions][n];
      TypeTransition[] transition = new TypeTransition[actions];
      Arrays.fill(transition, TypeTransition.stay(n));
      for (int a = 0; a < actions; a++) {
        if (!bandit || a == i) {
          transition[a] = TypeTransition.dense(matrix);
          value[a] = random.doubles(n).toArray();
        }
      }
      agents.add(ProductAgent.of(value, transition));
    }
    return ProductMdp.of(new double[actions], agents);
  }

  /** The same model with a row for every joint state and allowed action. */
  static SparseMdp explicit(ProductMdp model) {
    int n = model.states();
    int[] firstRow = new int[n + 1];
    int[] rowAction = new int[n * model.actions()];
    int[] start = new int[rowAction.length + 1];
    double[] reward = new double[rowAction.length];
    List<int[]> successors = new ArrayList<>();
    List<double[]> probabilities = new ArrayList<>();
    int rows = 0;
    for (int s = 0; s < n; s++) {
      for (int a = 0; a < model.actions(); a++) {
        if (!model.allowed(s, a)) {
          continue;
        }
        int[] to = {0};
        double[] weight = {1};
        for (int i = 0; i < model.agents(); i++) {
          TypeTransition p = model.agent(i).transition(a);
          int[][] next = {new int[0]};
          double[][] nextWeight = {new double[0]};
          int[] before = to;
          double[] weightBefore = weight;
          int stride = model.stride(i);
          for (int k = 0; k < before.length; k++) {
            int from = k;
            p.forEachSuccessor(
                model.type(s, i),
                (u, q) -> {
                  next[0] = Arrays.copyOf(next[0], next[0].length + 1);
                  nextWeight[0] = Arrays.copyOf(nextWeight[0], next[0].length);
                  next[0][next[0].length - 1] = before[from] + u * stride;
                  nextWeight[0][next[0].length - 1] = weightBefore[from] * q;
                });
          }
          to = next[0];
          weight = nextWeight[0];
        }
        successors.add(to);
        probabilities.add(weight);
        rowAction[rows] = a;
        reward[rows] = model.reward(s, a);
        start[rows + 1] = start[rows] + to.length;
        rows++;
      }
      firstRow[s + 1] = rows;
    }
    return SparseMdp.owning(
        n,
        model.actions(),
        firstRow,
        Arrays.copyOf(rowAction, rows),
        Arrays.copyOf(start, rows + 1),
        successors.stream().flatMapToInt(Arrays::stream).toArray(),
        probabilities.stream().flatMapToDouble(Arrays::stream).toArray(),
        Arrays.copyOf(reward, rows));
  }

  /**
   * Every agent moves to one of two types, whatever is done; some types allow only some actions.
   */
  static ProductMdp pairs(long seed, int actions, double scale, int... types) {
    SplittableRandom random = new SplittableRandom(seed);
    List<ProductAgent> agents = new ArrayList<>();
    for (int n : types) {
      double[][] matrix = new double[n][n];
      for (double[] row : matrix) {
        double p = random.nextInt(4) == 0 ? 1 : random.nextDouble(0.1, 0.9);
        row[random.nextInt(n)] += p;
        row[random.nextInt(n)] += 1 - p;
      }
      // Not all of them stay.
      Arrays.fill(matrix[0], 0);
      matrix[0][0] += 0.25;
      matrix[0][n - 1] += 0.75;
      double[][] value = new double[actions][];
      boolean[][] allowed = new boolean[actions][n];
      TypeTransition[] transition = new TypeTransition[actions];
      Arrays.fill(transition, TypeTransition.dense(matrix));
      for (int a = 0; a < actions; a++) {
        value[a] = random.doubles(n, -scale, scale).toArray();
        for (int t = 0; t < n; t++) {
          allowed[a][t] = a == actions / 2 || random.nextInt(5) > 0;
        }
      }
      agents.add(ProductAgent.of(value, transition).allowing(allowed));
    }
    return ProductMdp.of(random.doubles(actions, -scale, scale).toArray(), agents);
  }
}
