package bellwether.core.bandit;

import bellwether.core.kernel.Kernels;
import bellwether.core.parallel.Team;
import bellwether.core.parallel.Workers;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The Whittle indices of a restless arm: lambda(s) is the smallest subsidy for a passive period at
 * which being passive is optimal in state s,
 *
 * <pre>
 *   V(s) = max{ r0(s) + lambda + delta P0(s,.) V,  r1(s) + delta P1(s,.) V },
 * </pre>
 *
 * or the same for the long-run average where delta = 1. An arm is indexable when the set of states
 * in which being passive is optimal grows with the subsidy. With a passive action that neither pays
 * nor moves the arm, the index is Gittins', and is found by {@link StateElimination}: at a fifth of
 * the cost, and without the digits that a discount near 1 costs where a passive arm never moves.
 *
 * <p>The optimal policies are followed along the subsidy from "always active" on, by updates of
 * rank one in blocks ({@link SubsidyPath}); values are taken relative to a reference state, so that
 * discounts near 1 and the average need no care of their own. States tie when their advantages
 * differ by less than 1e-12 of the largest, or by what rounding may have done to them where
 * averages are nearly multichain.
 *
 * <p>Cost: 11/3 n^3 flops, nearly all in {@code rankUpdate}; memory 2 n^2 + O(n) doubles besides
 * the arm. The result does not depend on kernels or threads. Sources: Whittle (1988); Akbarzadeh
 * and Mahajan (2022); Gast, Gaujal and Khun (2023).
 */
public final class WhittleIndices {
  private static final int ALL_STATES = 256;
  private static final int SOME_STATES = 16;

  /** What was found. */
  public enum Status {
    /** The arm is indexable and has these indices. */
    INDEXABLE,
    /** The arm has these indices if it is indexable, which was not tested. */
    NOT_TESTED,
    /** Some state is passive at one subsidy and active at a higher one. */
    NOT_INDEXABLE,
    /**
     * The average reward of a policy on the path depends on the state one starts in: there is no
     * index for the long-run average.
     */
    MULTICHAIN
  }

  private final RestlessArm arm;
  private final double discount;
  private final Status status;
  private final @Nullable ActivePolicy policy;
  private final @Nullable SubsidyPath path;
  private final Snapshots snapshots;

  /** Rewards were divided by 2^scale, which is exact. */
  private final int scale;

  /** The elimination of an arm that rests while it is passive; its index is Gittins'. */
  private @Nullable StateElimination resting;

  /** What such an arm is paid while it rests. */
  private double rest;

  private WhittleIndices(
      RestlessArm arm,
      double discount,
      Status status,
      @Nullable ActivePolicy policy,
      @Nullable SubsidyPath path,
      Snapshots snapshots,
      int scale) {
    this.arm = arm;
    this.discount = discount;
    this.status = status;
    this.policy = policy;
    this.path = path;
    this.snapshots = snapshots;
    this.scale = scale;
  }

  /**
   * Finds the indices of all states.
   *
   * @param discount delta in [0, 1]; 1 is the long-run average reward a period
   * @param test whether to test that the arm is indexable
   * @throws IllegalArgumentException when the discount is out of range
   * @throws ArithmeticException when rounding leaves no digit: for discounts very near 1 of arms
   *     that hardly ever leave a set of states
   * @throws java.util.concurrent.CancellationException when the thread is interrupted
   */
  public static WhittleIndices of(
      RestlessArm arm, double discount, boolean test, Kernels kernels, Workers workers) {
    if (!(discount >= 0 && discount <= 1)) {
      throw new IllegalArgumentException("discount must be in [0, 1]: " + discount);
    }
    int n = arm.states();
    Snapshots snapshots = new Snapshots(n, n <= ALL_STATES ? ALL_STATES : SOME_STATES);
    if (discount < 1 && arm.rests()) {
      WhittleIndices solved =
          new WhittleIndices(
              arm, discount, test ? Status.INDEXABLE : Status.NOT_TESTED, null, null, snapshots, 0);
      solved.resting = StateElimination.of(arm.active(), discount, kernels, workers);
      double[] passive = new double[n];
      arm.passive().fillRewards(passive);
      solved.rest = passive[0];
      return solved;
    }
    Reach reach = Reach.of(arm, new boolean[n]);
    int recurrent = reach.recurrentState();
    if (discount == 1 && !reach.unichain(recurrent)) {
      return new WhittleIndices(arm, discount, Status.MULTICHAIN, null, null, snapshots, 0);
    }
    int reference = reference(arm, reach.reached(recurrent));
    double[] active = new double[n];
    double[] passive = new double[n];
    int scale = rewards(arm, active, passive);
    try (Team team = new Team(workers)) {
      ActiveElimination elimination = new ActiveElimination(arm, reference, discount, kernels);
      ActivePolicy policy = elimination.run(team);
      RestlessLayout layout = policy.layout;
      double[] advantages = new double[n];
      double[] relative = new double[n];
      for (int p = 0; p < n; p++) {
        int s = policy.state[p];
        advantages[p] = active[s] - passive[s];
        // X 1 = 0, since all rows of P1 and P0 sum to 1.
        relative[p] = active[s] - active[reference];
      }
      kernels
          .dense()
          .combine(
              n,
              elimination.effects(),
              Layout.ORIGIN,
              layout.stride(),
              relative,
              0,
              advantages,
              0,
              n);
      SubsidyPath path =
          new SubsidyPath(
              layout, advantages, elimination.effects(), test, discount == 1, snapshots, kernels);
      path.run(team, positions -> multichain(arm, policy, positions));
      Status status =
          switch (path.end) {
            case ALL_PASSIVE, SOME_STAY_ACTIVE -> test ? Status.INDEXABLE : Status.NOT_TESTED;
            case NOT_INDEXABLE -> Status.NOT_INDEXABLE;
            case MULTICHAIN -> Status.MULTICHAIN;
          };
      return new WhittleIndices(arm, discount, status, policy, path, snapshots, scale);
    }
  }

  private double largest() {
    double[] indices = indices();
    return indices == null ? 0 : Arrays.stream(indices).map(Math::abs).max().orElse(0);
  }

  /** Bytes that {@link #of} and {@link #certify} take for an arm of this many states. */
  public static long bytes(int states) {
    return RestlessLayout.of(states).bytes() + HittingSweeps.bytes(states);
  }

  /** Of a recurrent class, the state that is entered most. */
  private static int reference(RestlessArm arm, long[] recurrent) {
    double[] mass = new double[arm.states()];
    arm.active()
        .forEachRow(
            (_, row, offset) -> {
              for (int t = 0; t < mass.length; t++) {
                mass[t] += row[offset + t];
              }
            });
    int best = -1;
    for (int s = 0; s < mass.length; s++) {
      if (Reach.has(recurrent, s) && (best < 0 || mass[s] > mass[best])) {
        best = s;
      }
    }
    return best;
  }

  /**
   * Fills in the rewards divided by a power of 2 that brings them below 1; returns its exponent.
   */
  static int rewards(RestlessArm arm, double[] active, double[] passive) {
    arm.active().fillRewards(active);
    arm.passive().fillRewards(passive);
    double largest = 0;
    for (int s = 0; s < active.length; s++) {
      largest = Math.max(largest, Math.max(Math.abs(active[s]), Math.abs(passive[s])));
    }
    int scale = largest == 0 ? 0 : Math.getExponent(largest) + 1;
    for (int s = 0; s < active.length; s++) {
      active[s] = Math.scalb(active[s], -scale);
      passive[s] = Math.scalb(passive[s], -scale);
    }
    return scale;
  }

  private static boolean multichain(RestlessArm arm, ActivePolicy policy, boolean[] positions) {
    boolean[] passive = new boolean[positions.length];
    for (int p = 0; p < positions.length; p++) {
      passive[policy.state[p]] = positions[p];
    }
    Reach reach = Reach.of(arm, passive);
    return !reach.unichain(reach.recurrentState());
  }

  /** Whether the arm rests while it is passive, so that its indices are Gittins'. */
  public boolean rests() {
    return resting != null;
  }

  /** What was found. */
  public Status status() {
    return status;
  }

  /**
   * The index of each state in reward units a period; infinite where being active stays better at
   * any subsidy, which only the long-run average knows. Null when the arm is not indexable, or is
   * multichain.
   */
  public double @Nullable [] indices() {
    if (resting != null) {
      double[] indices = resting.indices();
      for (int s = 0; s < indices.length; s++) {
        indices[s] -= rest;
      }
      return indices;
    }
    if (path == null
        || policy == null
        || status == Status.NOT_INDEXABLE
        || status == Status.MULTICHAIN) {
      return null;
    }
    double[] indices = new double[arm.states()];
    Arrays.fill(indices, Double.POSITIVE_INFINITY);
    for (int k = 0; k < path.done; k++) {
      indices[policy.state[path.order[k]]] = Math.scalb(path.index[k], scale);
    }
    return indices;
  }

  /** Why an arm is not indexable; null where it was not found to be so. */
  public @Nullable Witness witness() {
    if (path == null || policy == null || status != Status.NOT_INDEXABLE) {
      return null;
    }
    double passiveAt = 0;
    for (int k = 0; k < path.done; k++) {
      if (path.order[k] == path.witness) {
        passiveAt = path.index[k];
      }
    }
    return new Witness(
        policy.state[path.witness],
        Math.scalb(passiveAt, scale),
        Math.scalb(path.witnessSubsidy, scale));
  }

  /**
   * A state that is passive at one subsidy and active at a higher one.
   *
   * @param state the state
   * @param passiveAt being passive is optimal at this subsidy
   * @param activeAbove being active is strictly better directly above this one, which is higher
   */
  public record Witness(int state, double passiveAt, double activeAbove) {}

  /**
   * Bounds the error of the indices by putting them into the optimality equations of the arm: in
   * every state of arms of up to 256 states and in 16 states of larger ones, spread over the order
   * of the indices. Null where there are no indices.
   *
   * <p>Cost: about 12 n^2 flops a state that is checked; for discounts near 1 of arms whose rows
   * have little in common, up to 2 n^3 flops more.
   */
  public @Nullable WhittleCertificate certify(Kernels kernels) {
    if (resting != null) {
      RestartCertificate found = resting.certify(arm.active(), kernels);
      double rounding = rest == 0 ? 0 : 0x1p-52 * (largest() + Math.abs(rest));
      double bound = found.errorBound() + rounding;
      return new WhittleCertificate(bound, bound, found.checked(), found.states());
    }
    if (path == null || policy == null || indices() == null) {
      return null;
    }
    WhittleCertificate scaled =
        new SubsidyCheck(arm, discount, kernels).run(policy, path, snapshots.all());
    return new WhittleCertificate(
        Math.scalb(scaled.errorBound(), scale),
        Math.scalb(scaled.rewardResidual(), scale),
        scaled.checked(),
        scaled.states());
  }
}
