package bellwether.mechanisms.efficient;

import bellwether.mechanisms.joint.ProfileSpace;
import java.util.List;

/**
 * Property A of total transfers Z_i(theta): Z_i(theta_i, theta_-i) - Z_i(theta'_i, theta_-i) =
 * V_-i(theta'_i, theta_-i) - V_-i(theta_i, theta_-i), V_-i what the others and the designer get
 * under the efficient policy. It holds iff Z_i + V_-i does not depend on theta_i, which is iff the
 * mechanism is a dynamic Groves mechanism (Yoon, Definition 2 and Lemma 1).
 *
 * @param violation by agent: the largest difference of Z_i + V_-i between two of its types, others
 *     and physical state the same
 * @param state by agent: a joint state where that is
 * @param tolerance up to which rounding and the solvers' errors account for it
 */
@SuppressWarnings("ArrayRecordComponent")
public record PropertyA(double[] violation, int[] state, double tolerance) {
  /**
   * Checks transfers.
   *
   * @param mechanism whose efficient policy counts
   * @param period from which transfers are summed
   * @param transfers by agent: Z_i by joint state, E of the discounted sum of payments of i
   * @throws IllegalArgumentException when there are not so many transfers
   */
  public static PropertyA of(DynamicMechanism mechanism, int period, List<double[]> transfers) {
    ProfileSpace space = mechanism.tables().space();
    int n = space.agents();
    if (transfers.size() != n) {
      throw new IllegalArgumentException(
          "transfers must be one of every agent, " + n + ": " + transfers.size());
    }
    double[] violation = new double[n];
    int[] where = new int[n];
    double scale = 0;
    for (int i = 0; i < n; i++) {
      double[] z = transfers.get(i);
      if (z.length != space.states()) {
        throw new IllegalArgumentException(
            "transfers["
                + i
                + "] must have one number for every joint state, "
                + space.states()
                + ": "
                + z.length);
      }
      double[] others = mechanism.othersValue(period, i);
      for (int reduced = 0; reduced < space.statesWithout(i); reduced++) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int t = 0; t < space.types(i); t++) {
          int s = space.with(i, reduced, t);
          low = Math.min(low, z[s] + others[s]);
          high = Math.max(high, z[s] + others[s]);
          scale = Math.max(scale, Math.abs(z[s]));
        }
        if (high - low > violation[i]) {
          violation[i] = high - low;
          where[i] = space.with(i, reduced, 0);
        }
      }
    }
    double tolerance =
        2 * (mechanism.tables().gap() + mechanism.evaluationGap()) + 1e-12 * (1 + scale);
    return new PropertyA(violation, where, tolerance);
  }

  /** Checks the mechanism's own transfers; for ex post mechanisms. */
  public static PropertyA of(DynamicMechanism mechanism, int period) {
    return of(
        mechanism,
        period,
        java.util.stream.IntStream.range(0, mechanism.tables().space().agents())
            .mapToObj(i -> mechanism.transfers(period, i))
            .toList());
  }

  /** Whether it holds for an agent. */
  public boolean holds(int agent) {
    return violation[agent] <= tolerance;
  }

  /** Whether it holds for all agents. */
  public boolean holds() {
    for (int i = 0; i < violation.length; i++) {
      if (!holds(i)) {
        return false;
      }
    }
    return true;
  }
}
