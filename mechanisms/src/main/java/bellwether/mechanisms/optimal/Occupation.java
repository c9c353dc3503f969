package bellwether.mechanisms.optimal;

import bellwether.core.parallel.Workers;
import bellwether.mechanisms.environment.Environment;
import bellwether.mechanisms.joint.ProfileSpace;

/**
 * How much every joint state counts in all periods when nobody controls types: m(theta) =
 * sum_{t=1..H} d^t P(theta_t = theta).
 *
 * <p>By doubling, m_2N = m_N + d^N P^N m_N, with powers of the agents' own matrices: log2 H times
 * sum_i T_i multiplications a joint state and T_i^3 an agent. An infinite horizon ends where d^N is
 * below 1e-18.
 */
final class Occupation {
  private static final double NOTHING = 1e-18;

  private final Environment environment;
  private final ProfileSpace space;

  /** By agent: the rows of its matrix to a power. */
  private double[][][] power;

  private double[] sum;
  private double weight;

  private Occupation(Environment environment, double[] first) {
    this.environment = environment;
    space = new ProfileSpace(environment);
    power = new double[environment.size()][][];
    for (int i = 0; i < power.length; i++) {
      int types = space.types(i);
      double[][] rows = new double[types][types];
      for (int t = 0; t < types; t++) {
        double[] row = rows[t];
        environment.agent(i).transition(0).forEachSuccessor(t, (u, p) -> row[u] = p);
      }
      power[i] = rows;
    }
    sum = first.clone();
    weight = environment.discount();
  }

  /**
   * The measure.
   *
   * @param first the law of the first joint state
   */
  static double[] of(Environment environment, double[] first) {
    return new Occupation(environment, first).run(first);
  }

  private double[] run(double[] first) {
    double discount = environment.discount();
    int horizon = environment.horizon();
    double[][][] one = power;
    if (horizon == 0) {
      while (weight > NOTHING) {
        twice();
      }
    } else {
      // The horizon's binary digits from the top: twice as many periods, and perhaps one more.
      for (int bit = Integer.highestOneBit(horizon) >> 1; bit > 0; bit >>= 1) {
        twice();
        if ((horizon & bit) != 0) {
          double[] later = moved(sum, one);
          for (int s = 0; s < sum.length; s++) {
            sum[s] = first[s] + discount * later[s];
          }
          for (int i = 0; i < power.length; i++) {
            power[i] = product(power[i], one[i]);
          }
          weight *= discount;
        }
      }
    }
    for (int s = 0; s < sum.length; s++) {
      sum[s] *= discount;
    }
    return sum;
  }

  private void twice() {
    Workers.checkInterrupted();
    double[] later = moved(sum, power);
    for (int s = 0; s < sum.length; s++) {
      sum[s] += weight * later[s];
    }
    double[][][] next = new double[power.length][][];
    for (int i = 0; i < power.length; i++) {
      next[i] = product(power[i], power[i]);
    }
    power = next;
    weight *= weight;
  }

  private static double[][] product(double[][] left, double[][] right) {
    int n = left.length;
    double[][] out = new double[n][n];
    for (int s = 0; s < n; s++) {
      for (int k = 0; k < n; k++) {
        double p = left[s][k];
        if (p != 0) {
          for (int u = 0; u < n; u++) {
            out[s][u] += p * right[k][u];
          }
        }
      }
    }
    return out;
  }

  /** The law one step of these matrices later. */
  private double[] moved(double[] law, double[][][] matrix) {
    double[] from = law;
    for (int i = 0; i < matrix.length; i++) {
      int types = space.types(i);
      int stride = space.stride(i);
      double[] to = new double[from.length];
      for (int base = 0; base < from.length; base += types * stride) {
        for (int t = 0; t < types; t++) {
          for (int u = 0; u < types; u++) {
            double p = matrix[i][t][u];
            if (p != 0) {
              for (int x = 0; x < stride; x++) {
                to[base + u * stride + x] += p * from[base + t * stride + x];
              }
            }
          }
        }
      }
      from = to;
    }
    return from;
  }
}
