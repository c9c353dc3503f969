package bellwether.core.bandit;

import bellwether.core.kernel.DenseKernels;
import bellwether.core.kernel.Kernels;
import bellwether.core.parallel.Workers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts the snapshots of a path into the optimality equations; see {@link WhittleCertificate}. */
final class SubsidyCheck {
  /** How often the distance of the two subsidies is doubled. */
  private static final int DOUBLINGS = 60;

  /** A contraction above this is compared with the time to a state. */
  private static final double SLOW = 0.999;

  private static final double UNIT = 0x1p-53;

  private final RestlessArm arm;
  private final double discount;
  private final int n;
  private final double[] active;
  private final double[] passive;
  private final DenseKernels kernels;

  /** At most this is left of a difference after a step; see {@link WhittleCertificate}. */
  private double contraction;

  /** The longest expected time to a state, where the contraction says little. */
  private double hitting = Double.POSITIVE_INFINITY;

  SubsidyCheck(RestlessArm arm, double discount, Kernels kernels) {
    this.arm = arm;
    this.discount = discount;
    this.kernels = kernels.dense();
    n = arm.states();
    active = new double[n];
    passive = new double[n];
    WhittleIndices.rewards(arm, active, passive);
  }

  /** The bounds, with rewards divided by the same power of 2. */
  WhittleCertificate run(ActivePolicy policy, SubsidyPath path, List<Snapshots.Snapshot> all) {
    Check[] checks = new Check[all.size()];
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < checks.length; i++) {
      checks[i] = new Check(policy, path, all.get(i));
      lines.addAll(List.of(checks[i].lines));
    }
    RowOverlap overlap = new RowOverlap(arm);
    evaluate(policy, lines);
    // Relative values lose digits where the reference state is far: one step of refinement.
    arm.active().forEachRow((s, row, offset) -> apply(checks, 1, s, row, offset, null));
    evaluate(policy, lines);
    arm.active().forEachRow((s, row, offset) -> apply(checks, 1, s, row, offset, overlap));
    arm.passive().forEachRow((s, row, offset) -> apply(checks, 0, s, row, offset, overlap));
    contraction = discount * overlap.contraction();
    if (contraction > SLOW) {
      hitting = WorstHitting.bound(arm, policy.state[n - 1]);
    }
    double bound = 0;
    double residual = 0;
    for (Check check : checks) {
      residual = Math.max(residual, check.residual());
      bound = Math.max(bound, Math.max(check.bound(-1), check.bound(1)));
    }
    return new WhittleCertificate(bound, residual, checks.length, n);
  }

  private void apply(
      Check[] checks, int action, int s, double[] row, int offset, @Nullable RowOverlap overlap) {
    Workers.checkInterrupted();
    double sum = 0;
    for (int t = 0; t < n; t++) {
      sum += row[offset + t];
    }
    // The diagonal of a row is what the rest of the row leaves.
    double rest = 1 - sum;
    if (overlap != null) {
      overlap.add(s, row, offset, rest);
    }
    for (Check check : checks) {
      for (Line line : check.lines) {
        line.next[action][s] =
            discount * (kernels.dot(row, offset, line.values, 0, n) + rest * line.values[s]);
      }
    }
  }

  /** Evaluates the policy that is always active for what the lines do not account for yet. */
  private void evaluate(ActivePolicy policy, List<Line> lines) {
    double[][] vectors = new double[lines.size()][];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = lines.get(i).residual(policy);
    }
    double[] gains = policy.solve(vectors, kernels);
    for (int i = 0; i < vectors.length; i++) {
      lines.get(i).add(policy, vectors[i], gains[i]);
    }
  }

  /** Relative values for some rewards, and delta times their averages after each action. */
  private static final class Line {
    private final double[] rewards;
    double gain;
    final double[] values;
    final double[][] next;

    /** All 0; rewards by position. */
    Line(double[] rewards) {
      this.rewards = rewards;
      values = new double[rewards.length];
      next = new double[2][rewards.length];
    }

    double[] residual(ActivePolicy policy) {
      double[] residual = new double[rewards.length];
      for (int p = 0; p < residual.length; p++) {
        int s = policy.state[p];
        residual[p] = rewards[p] - (values[s] + gain - next[1][s]);
      }
      return residual;
    }

    void add(ActivePolicy policy, double[] h, double g) {
      gain += g;
      for (int p = 0; p < h.length; p++) {
        values[policy.state[p]] += h[p];
      }
    }
  }

  /** One state at its index. */
  private final class Check {
    final int state;
    final double index;
    final double slopeBefore;
    final double slopeAfter;

    /** Values at the index; how they change with the subsidy below it, and above it. */
    final Line[] lines = new Line[3];

    /** What {@link #look} found. */
    private double advantage;

    private double largest;
    private double span;
    private double rounding;

    Check(ActivePolicy policy, SubsidyPath path, Snapshots.Snapshot snapshot) {
      int position = path.order[snapshot.rank()];
      state = policy.state[position];
      index = path.index[snapshot.rank()];
      slopeBefore = 1 - snapshot.before()[position];
      slopeAfter = 1 - snapshot.after()[position];
      double[] rewards = new double[n];
      double[] before = new double[n];
      double[] after = new double[n];
      // V = active + max{0, passive - active}: the policy that is always active earns V with this.
      for (int p = 0; p < n; p++) {
        rewards[p] = active[policy.state[p]] + Math.max(0, -snapshot.advantages()[p]);
      }
      for (int k = 0; k < snapshot.end(); k++) {
        int p = path.order[k];
        after[p] = 1 - snapshot.after()[p];
        if (k < snapshot.start()) {
          before[p] = 1 - snapshot.before()[p];
        }
      }
      lines[0] = new Line(rewards);
      lines[1] = new Line(before);
      lines[2] = new Line(after);
    }

    /** Residuals and the advantage at subsidy index + t. */
    private void look(double t) {
      Line at = lines[0];
      Line slope = t < 0 ? lines[1] : lines[2];
      double high = Double.NEGATIVE_INFINITY;
      double low = Double.POSITIVE_INFINITY;
      double size = 0;
      for (int x = 0; x < n; x++) {
        double one = active[x] + at.next[1][x] + t * slope.next[1][x];
        double zero = passive[x] + index + t + at.next[0][x] + t * slope.next[0][x];
        double value = at.values[x] + t * slope.values[x];
        double e = value + at.gain + t * slope.gain - Math.max(zero, one);
        high = Math.max(high, e);
        low = Math.min(low, e);
        size = Math.max(size, Math.abs(at.values[x]) + Math.abs(t * slope.values[x]));
        if (x == state) {
          advantage = one - zero;
        }
      }
      size += Math.abs(at.gain) + Math.abs(t * slope.gain) + 2 + Math.abs(index) + Math.abs(t);
      // A dot product has n / 32 terms in each of its sums, then six more additions.
      rounding = 2 * (n / 32 + 16) * UNIT * size;
      span = high - low + 2 * rounding;
      largest = Math.max(Math.abs(high), Math.abs(low)) + rounding;
    }

    double residual() {
      look(0);
      return largest + Math.abs(advantage) + rounding;
    }

    private double uncertainty() {
      double steps = contraction < 1 ? contraction / (1 - contraction) : Double.POSITIVE_INFINITY;
      return Math.min(steps, 2 * hitting) * span + 2 * rounding;
    }

    /** How far from the index, on one side, the sign of the advantage is sure. */
    double bound(int side) {
      if (!(contraction < 1) && hitting == Double.POSITIVE_INFINITY) {
        return Double.POSITIVE_INFINITY;
      }
      look(0);
      double slope = side < 0 ? slopeBefore : slopeAfter;
      double distance =
          Math.max(
              UNIT * (1 + Math.abs(index)),
              (Math.abs(advantage) + uncertainty()) / Math.max(slope, UNIT));
      for (int i = 0; i < DOUBLINGS; i++) {
        look(side * distance);
        if (-side * advantage > uncertainty()) {
          return distance;
        }
        distance *= 2;
      }
      return Double.POSITIVE_INFINITY;
    }
  }
}
