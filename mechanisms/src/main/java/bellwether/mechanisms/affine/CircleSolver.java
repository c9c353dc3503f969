package bellwether.mechanisms.affine;

import bellwether.core.parallel.Workers;
import java.util.Arrays;

/**
 * Values of the nodes of a {@link Circle}, in all columns of a block.
 *
 * <p>One decision that may wait has V = max_a (r_a + d c_a) / (1 - d p_a), p_a the probability that
 * it comes back at once. A few decisions: Howard's policy iteration (1960), each policy's equations
 * (I - d P) V = r + d c by elimination, all columns side by side; the matrix is diagonally
 * dominant, so that no pivots are needed. Many: sweeps between the bounds of MacQueen (1966).
 */
final class CircleSolver {
  /** Decisions up to which equations are eliminated. */
  static final int MOST_ELIMINATED = 64;

  private static final int MOST_POLICIES = 1000;
  private static final int MOST_SWEEPS = 200_000;

  /** Improvements below this share of a value are rounding. */
  private static final double ROUNDING = 1e-13;

  private final BlockSweep sweep;
  private final int width;
  private final double discount;
  private double[] constant = new double[0];
  private double[] score = new double[0];
  private double[] expected = new double[0];
  private double[] right = new double[0];
  private double[] other = new double[0];
  private double[] settled = new double[0];
  private final boolean[] isSettled;
  private double[] matrix = new double[0];
  private int[] policy = new int[0];
  private final ColumnSystems systems;
  private double gap;

  CircleSolver(BlockSweep sweep) {
    this.sweep = sweep;
    width = sweep.width;
    discount = sweep.discount;
    systems = new ColumnSystems(width);
    isSettled = new boolean[width];
  }

  double gap() {
    return gap;
  }

  void solve(Circle circle) {
    int n = circle.size();
    constant = room(constant, circle.continuations());
    expected = room(expected, circle.continuations());
    score = room(score, circle.action.length);
    right = room(right, n);
    if (policy.length < n * width) {
      policy = new int[n * width];
    }
    constants(circle, sweep.welfare);
    if (n == 1) {
      wait(circle);
    } else if (circle.inverse.length > 0) {
      best(circle);
    } else if (n <= MOST_ELIMINATED) {
      howard(circle);
    } else {
      iterate(circle);
    }
    continuations(circle, right);
    store(circle, sweep.welfare);
    if (sweep.evaluates) {
      // Scores of the final values say who is chosen.
      scores(circle);
      choose(circle);
      evaluate(circle, sweep.values, false);
      if (!sweep.designerIndifferent()) {
        evaluate(circle, sweep.designer, true);
      }
    }
  }

  private double[] room(double[] old, int rows) {
    return old.length < rows * width ? new double[rows * width] : old;
  }

  /** What continuations are worth because of nodes outside. */
  private void constants(Circle circle, double[] bySlot) {
    for (int e = 0; e < circle.continuations(); e++) {
      Arrays.fill(constant, e * width, (e + 1) * width, 0);
      for (int l = circle.outsideStart[e]; l < circle.outsideStart[e + 1]; l++) {
        add(constant, e * width, circle.outsideProbability[l], bySlot, circle.outside[l] * width);
      }
    }
  }

  private void add(double[] to, int at, double p, double[] from, int offset) {
    for (int c = 0; c < width; c++) {
      to[at + c] += p * from[offset + c];
    }
  }

  /** expected = constant + P value. */
  private void continuations(Circle circle, double[] value) {
    System.arraycopy(constant, 0, expected, 0, circle.continuations() * width);
    for (int e = 0; e < circle.continuations(); e++) {
      for (int l = circle.insideStart[e]; l < circle.insideStart[e + 1]; l++) {
        add(expected, e * width, circle.insideProbability[l], value, circle.inside[l] * width);
      }
    }
  }

  /** Writes decisions from {@link #right} and chance nodes from {@link #expected}. */
  private void store(Circle circle, double[] bySlot) {
    for (int d = 0; d < circle.size(); d++) {
      System.arraycopy(right, d * width, bySlot, circle.slot[d] * width, width);
    }
    for (int e = 0; e < circle.continuations(); e++) {
      if (circle.chance[e] >= 0) {
        System.arraycopy(expected, e * width, bySlot, circle.chance[e] * width, width);
      }
    }
  }

  /** score = flow + d expected, of all choices. */
  private void scores(Circle circle) {
    DecisionGraph graph = sweep.problem.graph;
    double[] flow = sweep.flow();
    for (int d = 0; d < circle.size(); d++) {
      int physical = graph.physical[circle.slot[d]];
      int profile = graph.profile[circle.slot[d]];
      for (int l = circle.choiceStart[d]; l < circle.choiceStart[d + 1]; l++) {
        double fixed = sweep.fixed(physical, circle.action[l]);
        int flows = sweep.flowAt(circle.action[l], profile);
        int next = circle.continuation[l] * width;
        int at = l * width;
        for (int c = 0; c < width; c++) {
          score[at + c] = flow[flows + c] + fixed + discount * expected[next + c];
        }
      }
    }
  }

  /** The lowest action among those that tie, by column. */
  private void choose(Circle circle) {
    for (int d = 0; d < circle.size(); d++) {
      for (int c = 0; c < width; c++) {
        double best = Double.NEGATIVE_INFINITY;
        for (int l = circle.choiceStart[d]; l < circle.choiceStart[d + 1]; l++) {
          best = Math.max(best, score[l * width + c]);
        }
        int l = circle.choiceStart[d];
        while (!BlockSweep.ties(best, score[l * width + c])) {
          l++;
        }
        policy[d * width + c] = l;
      }
    }
  }

  /** A decision that may come back to itself and nowhere else. */
  private void wait(Circle circle) {
    System.arraycopy(constant, 0, expected, 0, circle.continuations() * width);
    scores(circle);
    Arrays.fill(right, 0, width, Double.NEGATIVE_INFINITY);
    for (int l = 0; l < circle.action.length; l++) {
      double stays = 1 - discount * back(circle, circle.continuation[l]);
      for (int c = 0; c < width; c++) {
        right[c] = Math.max(right[c], score[l * width + c] / stays);
      }
    }
  }

  /** The best action now is the best. */
  private void best(Circle circle) {
    System.arraycopy(constant, 0, expected, 0, circle.continuations() * width);
    scores(circle);
    other = room(other, circle.size());
    for (int d = 0; d < circle.size(); d++) {
      int at = d * width;
      System.arraycopy(score, circle.choiceStart[d] * width, other, at, width);
      for (int l = circle.choiceStart[d] + 1; l < circle.choiceStart[d + 1]; l++) {
        for (int c = 0; c < width; c++) {
          other[at + c] = Math.max(other[at + c], score[l * width + c]);
        }
      }
    }
    multiply(circle);
  }

  /** right = inverse times {@link #other}. */
  private void multiply(Circle circle) {
    int n = circle.size();
    Arrays.fill(right, 0, n * width, 0);
    for (int d = 0; d < n; d++) {
      for (int e = 0; e < n; e++) {
        double weight = circle.inverse[d * n + e];
        if (weight != 0) {
          add(right, d * width, weight, other, e * width);
        }
      }
    }
  }

  private static double back(Circle circle, int continuation) {
    double p = 0;
    for (int l = circle.insideStart[continuation]; l < circle.insideStart[continuation + 1]; l++) {
      p += circle.insideProbability[l];
    }
    return p;
  }

  private void howard(Circle circle) {
    int n = circle.size();
    // From the best action if nothing inside were worth anything.
    System.arraycopy(constant, 0, expected, 0, circle.continuations() * width);
    scores(circle);
    choose(circle);
    for (int round = 0; round < MOST_POLICIES; round++) {
      Workers.checkInterrupted();
      equations(circle, sweep.flow(), 0);
      systems.solve(matrix, right, n);
      continuations(circle, right);
      scores(circle);
      if (!improve(circle)) {
        return;
      }
    }
    throw new IllegalStateException("policy iteration has not ended");
  }

  /** Changes the policy where another action is better; whether it changed. */
  private boolean improve(Circle circle) {
    boolean changed = false;
    for (int d = 0; d < circle.size(); d++) {
      for (int c = 0; c < width; c++) {
        int chosen = policy[d * width + c];
        double best = score[chosen * width + c];
        double least = best + ROUNDING * (1 + Math.abs(best)) / (1 - discount);
        for (int l = circle.choiceStart[d]; l < circle.choiceStart[d + 1]; l++) {
          if (score[l * width + c] > Math.max(least, best)) {
            best = score[l * width + c];
            policy[d * width + c] = l;
            changed = true;
          }
        }
      }
    }
    return changed;
  }

  /**
   * The equations of the policy, matrix [row][column][c].
   *
   * @param flow by action and profile; empty for the designer's values
   */
  private void equations(Circle circle, double[] flow, int kind) {
    DecisionGraph graph = sweep.problem.graph;
    int n = circle.size();
    matrix = room(matrix, n * n);
    Arrays.fill(matrix, 0, n * n * width, 0);
    for (int d = 0; d < n; d++) {
      int physical = graph.physical[circle.slot[d]];
      int profile = graph.profile[circle.slot[d]];
      for (int c = 0; c < width; c++) {
        int l = policy[d * width + c];
        int e = circle.continuation[l];
        int a = circle.action[l];
        double now =
            switch (kind) {
              case 0 -> flow[sweep.flowAt(a, profile) + c] + sweep.fixed(physical, a);
              case 1 -> flow[sweep.flowAt(a, profile) + c];
              default -> sweep.designerValue(a);
            };
        right[d * width + c] = now + discount * constant[e * width + c];
        matrix[(d * n + d) * width + c] = 1;
        for (int k = circle.insideStart[e]; k < circle.insideStart[e + 1]; k++) {
          matrix[(d * n + circle.inside[k]) * width + c] -= discount * circle.insideProbability[k];
        }
      }
    }
  }

  /** Sweeps until every column's bounds are close. */
  private void iterate(Circle circle) {
    int n = circle.size();
    Arrays.fill(right, 0, n * width, 0);
    double[] best = new double[n * width];
    for (int round = 0; ; round++) {
      Workers.checkInterrupted();
      continuations(circle, right);
      scores(circle);
      for (int d = 0; d < n; d++) {
        int at = d * width;
        System.arraycopy(score, circle.choiceStart[d] * width, best, at, width);
        for (int l = circle.choiceStart[d] + 1; l < circle.choiceStart[d + 1]; l++) {
          for (int c = 0; c < width; c++) {
            best[at + c] = Math.max(best[at + c], score[l * width + c]);
          }
        }
      }
      if (settle(circle, best, round)) {
        return;
      }
    }
  }

  /**
   * Takes in a sweep; whether it was the last, for all columns. A column whose bounds are close is
   * put aside with their middle, so that it does not depend on how long the others take.
   */
  private boolean settle(Circle circle, double[] image, int round) {
    int n = circle.size();
    if (round == 0) {
      settled = room(settled, n);
      Arrays.fill(isSettled, false);
    }
    double rate = discount / (1 - discount);
    boolean all = true;
    for (int c = 0; c < width; c++) {
      if (isSettled[c]) {
        continue;
      }
      // Where something leads out, what is inside counts for less and less: 0 is a bound too.
      double low = circle.closed ? Double.POSITIVE_INFINITY : 0;
      double high = circle.closed ? Double.NEGATIVE_INFINITY : 0;
      double largest = 0;
      for (int d = 0; d < n; d++) {
        double change = image[d * width + c] - right[d * width + c];
        low = Math.min(low, change);
        high = Math.max(high, change);
        largest = Math.max(largest, Math.abs(image[d * width + c]));
      }
      double half = rate * (high / 2 - low / 2);
      if (half > 1e-12 * (1 + largest) && round < MOST_SWEEPS) {
        all = false;
        continue;
      }
      gap = Math.max(gap, half);
      isSettled[c] = true;
      double middle = rate * (high / 2 + low / 2);
      for (int d = 0; d < n; d++) {
        settled[d * width + c] = image[d * width + c] + middle;
      }
    }
    System.arraycopy(all ? settled : image, 0, right, 0, n * width);
    return all;
  }

  /** What the policy's values are worth: the agents' own, or the designer's. */
  private void evaluate(Circle circle, double[] bySlot, boolean ofDesigner) {
    int n = circle.size();
    constants(circle, bySlot);
    if (circle.inverse.length > 0) {
      other = room(other, n);
      now(circle, ofDesigner, constant, other);
      multiply(circle);
    } else if (n <= MOST_ELIMINATED) {
      equations(circle, sweep.plain(), ofDesigner ? 2 : 1);
      systems.solve(matrix, right, n);
    } else {
      follow(circle, ofDesigner);
    }
    continuations(circle, right);
    store(circle, bySlot);
  }

  private void follow(Circle circle, boolean ofDesigner) {
    int n = circle.size();
    Arrays.fill(right, 0, n * width, 0);
    double[] image = new double[n * width];
    for (int round = 0; ; round++) {
      Workers.checkInterrupted();
      continuations(circle, right);
      now(circle, ofDesigner, expected, image);
      if (settle(circle, image, round)) {
        return;
      }
    }
  }

  /** What the policy's actions are worth now, and d times what follows them. */
  private void now(Circle circle, boolean ofDesigner, double[] follows, double[] to) {
    DecisionGraph graph = sweep.problem.graph;
    double[] plain = sweep.plain();
    for (int d = 0; d < circle.size(); d++) {
      int profile = graph.profile[circle.slot[d]];
      for (int c = 0; c < width; c++) {
        int l = policy[d * width + c];
        int a = circle.action[l];
        double now = ofDesigner ? sweep.designerValue(a) : plain[sweep.flowAt(a, profile) + c];
        to[d * width + c] = now + discount * follows[circle.continuation[l] * width + c];
      }
    }
  }
}
