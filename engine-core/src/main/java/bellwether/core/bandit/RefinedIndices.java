package bellwether.core.bandit;

import bellwether.core.kernel.Kernels;
import bellwether.core.parallel.Team;
import bellwether.core.parallel.Workers;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Gittins indices of a dense arm from state elimination in single precision, with errors bounded in
 * double precision and corrected where the bound is not small enough.
 *
 * <p>Elimination gives, besides indices with some seven digits, the factors of I - delta P = L U in
 * the order of the indices. For a state s, let C be the states before it. Its index g and the
 * values v &gt;= 0 of {@link RestartCertificate} under the charge g solve
 *
 * <pre>
 *   v = r - g + delta P v in C,   v = 0 elsewhere,   r(s) - g + delta P(s,.) v = 0.
 * </pre>
 *
 * <p>With residuals of the arm's own doubles, L y = residual on C and s, the charge corrected by
 * y(s) / (L^-1 1)(s) and U z = y - correction L^-1 1 on C, each step divides the error by some 1e6
 * (iterative refinement, Wilkinson 1963; the charge is the last unknown of a bordered system).
 * States that single precision put on the wrong side of s come out with the wrong sign; then a
 * small stopping problem on the ranks between them and s, with the Schur complement that L and U
 * hold of those, takes the place of the last rows. The bound is that of the certificate, for every
 * state that is refined.
 *
 * <p>Cost: 2/3 n^3 flops in single precision; then, for each of the states that are refined, about
 * 2 n k flops a check of the state with rank k and 2 k^2 a correction, two or three of each: 4 n^3
 * for all states, six times what elimination in doubles takes. So this is for the indices of some
 * states, for a tolerance that single precision meets, or for arms whose elimination in doubles
 * does not fit: memory is 4 n^2 bytes where that takes 8 n^2.
 */
public final class RefinedIndices {
  private static final int LEVELS = 16;

  /** The tolerance unless one is given, as a share of the largest reward. */
  private static final double TOLERANCE = 1e-12;

  /** What rounding leaves of the equations in doubles, as a share of the largest value. */
  private static final double ROUNDING = 0x1p-50;

  private final double[] indices;
  private final RestartCertificate certificate;
  private final int refined;
  private final double tolerance;
  private final @Nullable String shortfall;

  private RefinedIndices(
      double[] indices,
      RestartCertificate certificate,
      int refined,
      double tolerance,
      @Nullable String shortfall) {
    this.indices = indices;
    this.certificate = certificate;
    this.refined = refined;
    this.tolerance = tolerance;
    this.shortfall = shortfall;
  }

  /**
   * The indices of some states of an arm.
   *
   * <p>When some states are asked for, or no tolerance is given, the error of every index that is
   * returned is bounded. With a tolerance, all indices are returned as single precision gives them
   * if the bounds of 16 states, spread over the order of elimination, meet it.
   *
   * @param states whose indices are wanted, any order, repetitions allowed; null for all
   * @param discount delta in [0, 1)
   * @param tolerance the largest error, in reward units; 0 for what double precision would give:
   *     1e-12 of the largest reward, or 1e-15 of the largest value where that is more, and what
   *     rounding can hide of that
   * @throws IllegalArgumentException when a number is out of range
   * @throws java.util.concurrent.CancellationException when the thread is interrupted
   */
  public static RefinedIndices of(
      FiniteArm arm,
      int @Nullable [] states,
      double discount,
      double tolerance,
      Kernels kernels,
      Workers workers) {
    int n = arm.states();
    if (!(tolerance >= 0 && tolerance < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("tolerance must be at least 0: " + tolerance);
    }
    if (states != null) {
      for (int s : states) {
        if (s < 0 || s >= n) {
          throw new IllegalArgumentException("state must be 0 to " + (n - 1) + ": " + s);
        }
      }
    }
    double asked = tolerance > 0 ? tolerance : TOLERANCE * largestReward(arm);
    double rounding = tolerance > 0 ? 0 : ROUNDING;
    Factors factors =
        StateElimination.of(arm, discount, Precision.FLOAT32, kernels, workers).factors;
    try (Team team = new Team(workers)) {
      RankedFactors ranked = RankedFactors.of(factors, team);
      Refinement refinement = new Refinement(arm, ranked, kernels, workers, team);
      int[] checked = ranks(ranked, states);
      if (states == null && tolerance > 0) {
        int[] levels = levels(n);
        refinement.run(levels, asked, rounding, false);
        if (Arrays.stream(levels).allMatch(k -> refinement.met[k])) {
          checked = levels;
        } else {
          refinement.run(checked, asked, rounding, true);
        }
      } else {
        refinement.run(checked, asked, rounding, true);
      }
      return result(ranked, refinement, states, checked, asked);
    }
  }

  /** Bytes that {@link #of} takes besides the arm. */
  public static long bytes(int states, int threads) {
    return StateElimination.bytes(states, Precision.FLOAT32) + Refinement.bytes(states, threads);
  }

  private static double largestReward(FiniteArm arm) {
    double[] rewards = new double[arm.states()];
    arm.fillRewards(rewards);
    return RestartCertificate.largest(rewards);
  }

  private static int[] ranks(RankedFactors ranked, int @Nullable [] states) {
    int n = ranked.n;
    boolean[] wanted = new boolean[n];
    if (states == null) {
      Arrays.fill(wanted, true);
    } else {
      for (int s : states) {
        wanted[s] = true;
      }
    }
    int[] ranks = new int[n];
    int count = 0;
    for (int k = 0; k < n; k++) {
      if (wanted[ranked.order[k]]) {
        ranks[count++] = k;
      }
    }
    return Arrays.copyOf(ranks, count);
  }

  private static int[] levels(int n) {
    int count = Math.min(n, LEVELS);
    int[] levels = new int[count];
    for (int i = 0; i < count; i++) {
      levels[i] = count == 1 ? 0 : (int) ((long) i * (n - 1) / (count - 1));
    }
    return levels;
  }

  private static RefinedIndices result(
      RankedFactors ranked,
      Refinement refinement,
      int @Nullable [] states,
      int[] checked,
      double asked) {
    double[] byState = new double[ranked.n];
    for (int k = 0; k < ranked.n; k++) {
      byState[ranked.order[k]] = refinement.index[k];
    }
    int refined = 0;
    double bound = 0;
    int missed = -1;
    for (int k : checked) {
      refined += refinement.index[k] == ranked.index[k] ? 0 : 1;
      bound = Math.max(bound, refinement.bound[k]);
      if (!refinement.met[k] && (missed < 0 || refinement.bound[k] > refinement.bound[missed])) {
        missed = k;
      }
    }
    String shortfall =
        missed < 0
            ? null
            : "the error bound of state "
                + ranked.order[missed]
                + " stays at "
                + refinement.bound[missed]
                + " in float32, above "
                + asked;
    double[] indices =
        states == null ? byState : Arrays.stream(states).mapToDouble(s -> byState[s]).toArray();
    return new RefinedIndices(
        indices,
        new RestartCertificate(bound, checked.length, ranked.n),
        refined,
        asked,
        shortfall);
  }

  /** The indices, in the order in which states were asked for; a copy. */
  public double[] indices() {
    return indices.clone();
  }

  /** The largest bound on an error over the states that were checked. */
  public RestartCertificate certificate() {
    return certificate;
  }

  /** How many indices are not those of single precision. */
  public int refined() {
    return refined;
  }

  /** The error that was allowed, in reward units. */
  public double tolerance() {
    return tolerance;
  }

  /** One sentence on why the tolerance is not met, or null: {@link StateElimination} goes on. */
  public @Nullable String shortfall() {
    return shortfall;
  }
}
