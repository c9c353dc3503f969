package bellwether.core.bandit;

import bellwether.core.kernel.Kernels;
import bellwether.core.parallel.Workers;

/**
 * The Gittins indices of a finite arm by blocked state elimination, and the factors from which its
 * retirement values follow.
 *
 * <p>States are eliminated in nonincreasing order of their index. The state with the largest ratio
 * d(x) / b(x) goes next and has index G = (1 - delta) d / b; eliminating it censors the chain to
 * the states that remain:
 *
 * <pre>
 *   lambda = delta / (1 - delta Q(p,p))
 *   Q(x,y) += lambda Q(x,p) Q(p,y)    d(x) += lambda Q(x,p) d(p)    b(x) += lambda Q(x,p) b(p)
 * </pre>
 *
 * from Q = P, d = r, b = 1 - delta. Every update adds numbers that are not negative (d if the
 * rewards are not), so that small discount rates cost no digits (Sonin 2008; Grassmann, Taksar and
 * Heyman 1985 for the denominator; Gast, Gaujal and Khun 2023 for blocking). In terms of the
 * factorisation I - delta P = L U in the order of elimination, the rows of U that this class keeps
 * are q(j) = 1 - delta Q(j,j) and -delta Q(j,y).
 *
 * <p>Cost: 2/3 n^3 flops, nearly all in {@code rankUpdate}; memory n^2 + O(n) doubles. The result
 * does not depend on kernels or threads.
 */
public final class StateElimination {
  private static final int ALL_STATES = 256;
  private static final int SOME_STATES = 16;

  final Factors factors;

  private StateElimination(Factors factors) {
    this.factors = factors;
  }

  /**
   * Eliminates all states of an arm.
   *
   * @param discount delta in [0, 1)
   * @throws IllegalArgumentException when the discount is out of range
   * @throws java.util.concurrent.CancellationException when the thread is interrupted
   */
  public static StateElimination of(
      FiniteArm arm, double discount, Kernels kernels, Workers workers) {
    return of(arm, discount, Precision.FLOAT64, kernels, workers);
  }

  /**
   * As {@link #of(FiniteArm, double, Kernels, Workers)}, in a precision. {@link RefinedIndices}
   * gets from the single one what double precision would give.
   */
  public static StateElimination of(
      FiniteArm arm, double discount, Precision precision, Kernels kernels, Workers workers) {
    if (!(discount >= 0 && discount < 1)) {
      throw new IllegalArgumentException("discount must be in [0, 1): " + discount);
    }
    return new StateElimination(new Elimination(arm, discount, precision, kernels, workers).run());
  }

  /** Bytes that {@link #of} takes for an arm of this many states. */
  public static long bytes(int states) {
    return bytes(states, Precision.FLOAT64);
  }

  /** Bytes that it takes in a precision. */
  public static long bytes(int states, Precision precision) {
    Layout layout = Layout.of(states);
    return switch (precision) {
      case FLOAT64 -> layout.bytes();
      case FLOAT32 -> layout.workBytes() + FloatMatrix.bytes(layout);
    };
  }

  /** The index of each state, in reward units a period. */
  public double[] indices() {
    double[] indices = new double[factors.states()];
    for (int k = 0; k < indices.length; k++) {
      indices[factors.order[k]] = factors.index[k];
    }
    return indices;
  }

  /** The states in the order of elimination: nonincreasing index, up to rounding. */
  public int[] order() {
    return factors.order.clone();
  }

  /**
   * The retirement steps of this arm in each of the given states. All share one array of
   * breakpoints.
   *
   * <p>Cost: n^2 flops for each state; eight states go through the factors together.
   *
   * @param states 0-based, any order, repetitions allowed
   * @throws IllegalArgumentException when a state is out of range
   */
  public RetirementSteps[] retirementSteps(int[] states, Kernels kernels) {
    for (int s : states) {
      if (s < 0 || s >= factors.states()) {
        throw new IllegalArgumentException(
            "state must be 0 to " + (factors.states() - 1) + ": " + s);
      }
    }
    return RetirementRows.of(factors, states, kernels);
  }

  /**
   * As {@link #certify(FiniteArm, int, Kernels)}, in every state of arms of up to 256 states and in
   * 16 states of larger ones.
   */
  public RestartCertificate certify(FiniteArm arm, Kernels kernels) {
    return certify(arm, factors.states() <= ALL_STATES ? ALL_STATES : SOME_STATES, kernels);
  }

  /**
   * Bounds the error of the indices by putting them into the restart equations of the arm.
   *
   * @param arm the arm that was eliminated
   * @param levels at how many states, spread over the order of elimination, the equations are
   *     checked; all when there are no more than that
   */
  public RestartCertificate certify(FiniteArm arm, int levels, Kernels kernels) {
    return RestartCertificate.of(factors, arm, levels, kernels);
  }
}
