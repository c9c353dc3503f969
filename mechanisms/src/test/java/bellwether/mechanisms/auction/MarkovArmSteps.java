package bellwether.mechanisms.auction;

import bellwether.core.bandit.RetirementSteps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Indices and retirement steps of a small Markov arm by the definition: the state of the next
 * largest index is found with one linear solve for each size of the continuation set (Varaiya,
 * Walrand and Buyukkoc 1985), O(n^4) in all.
 */
final class MarkovArmSteps {
  final int n;
  final double[] rewards;
  final double[] transition;
  final double discount;
  final double[] index;

  /** Retirement rewards, largest first, the same instance for all states. */
  final double[] breakpoints;

  /** factors[s] for state s. */
  final double[][] factors;

  MarkovArmSteps(double[] rewards, double[] transition, double discount) {
    this.n = rewards.length;
    this.rewards = rewards;
    this.transition = transition;
    this.discount = discount;
    this.index = new double[n];
    this.breakpoints = new double[n];
    this.factors = new double[n][n + 1];
    boolean[] in = new boolean[n];
    for (int k = 0; k < n; k++) {
      // The values of "continue while in the set, then stop": reward and time, from all states.
      double[] reward = continuing(in, rewards);
      double[] ones = new double[n];
      Arrays.fill(ones, 1);
      double[] time = continuing(in, ones);
      for (int s = 0; s < n; s++) {
        factors[s][k] = in[s] ? 1 - (1 - discount) * time[s] : 1;
      }
      int best = -1;
      double bestIndex = 0;
      for (int s = 0; s < n; s++) {
        double ratio = step(s, reward, rewards[s]) / step(s, time, 1);
        if (!in[s] && (best < 0 || ratio > bestIndex)) {
          best = s;
          bestIndex = ratio;
        }
      }
      index[best] = k == 0 ? bestIndex : Math.min(bestIndex, breakpoints[k - 1] * (1 - discount));
      breakpoints[k] = index[best] / (1 - discount);
      in[best] = true;
    }
    double[] ones = new double[n];
    Arrays.fill(ones, 1);
    double[] time = continuing(in, ones);
    for (int s = 0; s < n; s++) {
      factors[s][n] = Math.max(0, 1 - (1 - discount) * time[s]);
      for (int k = 1; k <= n; k++) {
        factors[s][k] = Math.clamp(factors[s][k], 0, factors[s][k - 1]);
      }
    }
    // Everybody continues for ever: E[delta^infinity] = 0 exactly.
    for (int s = 0; s < n; s++) {
      factors[s][n] = 0;
    }
  }

  RetirementSteps steps(int state) {
    return new RetirementSteps(breakpoints, factors[state]);
  }

  private double step(int s, double[] value, double flow) {
    double sum = 0;
    for (int t = 0; t < n; t++) {
      sum += transition[s * n + t] * value[t];
    }
    return flow + discount * sum;
  }

  /** Solves x = flow + delta P x on the set, x = 0 off it. */
  private double[] continuing(boolean[] in, double[] flow) {
    double[][] a = new double[n][n + 1];
    for (int s = 0; s < n; s++) {
      a[s][s] = 1;
      if (in[s]) {
        for (int t = 0; t < n; t++) {
          a[s][t] -= in[t] ? discount * transition[s * n + t] : 0;
        }
        a[s][n] = flow[s];
      }
    }
    // Diagonally dominant: no pivoting.
    for (int k = 0; k < n; k++) {
      for (int s = k + 1; s < n; s++) {
        double ratio = a[s][k] / a[k][k];
        if (ratio != 0) {
          for (int t = k; t <= n; t++) {
            a[s][t] -= ratio * a[k][t];
          }
        }
      }
    }
    double[] x = new double[n];
    for (int s = n - 1; s >= 0; s--) {
      double sum = a[s][n];
      for (int t = s + 1; t < n; t++) {
        sum -= a[s][t] * x[t];
      }
      x[s] = sum / a[s][s];
    }
    return x;
  }

  /** A random arm: dense, sparse, deterministic, absorbing or constant rows; some rewards equal. */
  static MarkovArmSteps random(RandomGenerator random, int n, double discount) {
    double[] rewards = new double[n];
    double[] transition = new double[n * n];
    int kind = random.nextInt(4);
    for (int s = 0; s < n; s++) {
      rewards[s] = kind == 3 ? random.nextInt(-2, 3) * 0.5 : random.nextDouble(-1, 2);
      if (kind == 1 || (kind == 2 && random.nextBoolean())) {
        transition[s * n + (random.nextBoolean() ? s : random.nextInt(n))] = 1;
        continue;
      }
      double sum = 0;
      for (int t = 0; t < n; t++) {
        transition[s * n + t] = random.nextDouble();
        sum += transition[s * n + t];
      }
      for (int t = 0; t < n; t++) {
        transition[s * n + t] /= sum;
      }
    }
    return new MarkovArmSteps(rewards, transition, discount);
  }

  /** The welfare of arms in their states, leaving {@code excluded} out, by value iteration. */
  static double jointWelfare(
      List<MarkovArmSteps> arms, int[] states, double outsideValue, int excluded) {
    List<MarkovArmSteps> present = new ArrayList<>();
    int start = 0;
    int joint = 1;
    double discount = arms.getFirst().discount;
    for (int i = 0; i < arms.size(); i++) {
      if (i != excluded) {
        present.add(arms.get(i));
        start += joint * states[i];
        joint *= arms.get(i).n;
      }
    }
    double outside = outsideValue / (1 - discount);
    double[] value = new double[joint];
    Arrays.fill(value, outside);
    double change = 1;
    for (int sweep = 0; change > 1e-15 * (1 + Math.abs(outside)) && sweep < 5000; sweep++) {
      change = 0;
      for (int x = 0; x < joint; x++) {
        double best = outside;
        int stride = 1;
        for (MarkovArmSteps arm : present) {
          int s = x / stride % arm.n;
          double next = 0;
          for (int t = 0; t < arm.n; t++) {
            next += arm.transition[s * arm.n + t] * value[x + (t - s) * stride];
          }
          best = Math.max(best, arm.rewards[s] + discount * next);
          stride *= arm.n;
        }
        change = Math.max(change, Math.abs(best - value[x]));
        value[x] = best;
      }
    }
    return value[start];
  }
}
