package bellwether.core.policy;

import bellwether.core.parallel.Workers;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A policy's joint chain of finite arms without its matrix. The expectation of a vector under a
 * choice of arms is a product with one arm's matrix after the other; choices that begin alike share
 * the products of their first arms. Work a sweep: joint states times row lengths for every node of
 * the tree of choices, at most choices times arms. Where sweeps alone would take long, {@link
 * JointEquation} gives them a better start; the bounds are those of the sweeps after it.
 */
final class ProductChain {
  /** Multiplications that one vector, or the shares of all arms, may take. */
  static final double MOST_WORK = 2e11;

  /** Sweeps before and between corrections. */
  private static final int PLAIN_SWEEPS = 32;

  /** Numbers of one piece of a product. */
  private static final int PIECE = 1 << 13;

  private final ArmChain[] chains;
  private final int[] choices;
  private final int @Nullable [] chosen;
  private final double discount;
  private final Workers workers;
  private final int states;
  private final double[][] buffers;
  private double work;

  /**
   * A chain.
   *
   * @param choices sets of arms, as bits
   * @param chosen by joint state, which set is active; null where all are equally likely
   */
  ProductChain(
      ArmChain[] chains, int[] choices, int @Nullable [] chosen, double discount, Workers workers) {
    this.chains = chains;
    this.choices = choices;
    this.chosen = chosen;
    this.discount = discount;
    this.workers = workers;
    states = (int) JointRows.size(chains);
    buffers = new double[chains.length][];
  }

  /** A value, how far it may be off, and whether that is what was asked for. */
  record Bounded(double value, double errorBound, boolean met) {}

  /**
   * The sum of discount^t rewards from a state: between MacQueen's and Porteus' bounds, or over
   * {@code periods} where there are any.
   *
   * @param mostWork multiplications after which the bounds are returned as they are
   * @param surely whether to go on where the pace so far says that they will not be narrow by then
   * @return null where there are no bounds: a horizon that takes too much work
   */
  @Nullable Bounded solve(
      double[] reward, int start, int periods, double tolerance, double mostWork, boolean surely) {
    double[] v = new double[states];
    double[] image = new double[states];
    double largest = Arrays.stream(reward).map(Math::abs).max().orElse(0);
    double lengths = 2.0 * chains.length + 4;
    for (ArmChain chain : chains) {
      lengths += chain.states();
    }
    double total = periods > 0 ? LayeredChain.total(discount, periods) : 1 / (1 - discount);
    double rounding = lengths * 0x1p-52 * largest * total * total + Double.MIN_NORMAL;
    work = 0;
    double last = Double.POSITIVE_INFINITY;
    double corrected = Double.POSITIVE_INFINITY;
    for (long sweep = 1; ; sweep++) {
      Arrays.fill(image, 0);
      expect(v, 0, 0, image);
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (int s = 0; s < states; s++) {
        image[s] = reward[s] + discount * image[s];
        low = Math.min(low, image[s] - v[s]);
        high = Math.max(high, image[s] - v[s]);
      }
      double[] old = v;
      v = image;
      image = old;
      if (sweep == periods) {
        return new Bounded(v[start], rounding, true);
      }
      if (periods > 0 && work > mostWork) {
        return null;
      }
      double scale = discount / (1 - discount);
      double half = scale * 0.5 * (high - low);
      // Where rounding is all that is left, more sweeps bring nothing.
      boolean met = half <= tolerance || (half <= rounding && half >= last);
      if (periods == 0 && (met || work > mostWork)) {
        return new Bounded(v[start] + scale * (low + 0.5 * (high - low)), half + rounding, met);
      }
      if (periods == 0 && sweep % PLAIN_SWEEPS == 0) {
        // A chain whose arms rest mixes slowly: at the pace of the last sweep it would take long.
        double left = Math.log(tolerance / half) / Math.log(Math.min(half / last, discount));
        if (left > PLAIN_SWEEPS && half < 0.5 * corrected) {
          corrected = half;
          correct(v, image, 0.1 * tolerance / half, mostWork);
        } else if (!surely && work * (1 + left / sweep) > mostWork) {
          return new Bounded(v[start] + scale * (low + 0.5 * (high - low)), half + rounding, false);
        }
      }
      last = half;
    }
  }

  /** One period back without rewards: image = E[v after it]. */
  void back(double[] v, double[] image) {
    Arrays.fill(image, 0);
    expect(v, 0, 0, image);
  }

  /** Adds to v what the equation still lacks, given what v was before its last sweep. */
  private void correct(double[] v, double[] before, double reduction, double mostWork) {
    double[] residual = new double[states];
    for (int s = 0; s < states; s++) {
      residual[s] = v[s] - before[s];
    }
    // v = T before, so the exact value is before + (I - d P)^-1 residual.
    double[] lacking =
        JointEquation.solve(
            residual,
            (x, image) -> {
              back(x, image);
              for (int s = 0; s < states; s++) {
                image[s] = x[s] - discount * image[s];
              }
              return work <= mostWork;
            },
            reduction);
    for (int s = 0; s < states; s++) {
      v[s] = before[s] + lacking[s];
    }
  }

  private void expect(double[] tensor, int arm, int mask, double[] image) {
    if (arm == chains.length) {
      gather(tensor, mask, image);
      return;
    }
    for (int action = 1; action >= 0; action--) {
      int next = mask | action << arm;
      if (!begins(next, arm)) {
        continue;
      }
      if (chains[arm].moves(action)) {
        double[] buffer = buffers[arm];
        if (buffer == null) {
          buffer = new double[states];
          buffers[arm] = buffer;
        }
        multiply(tensor, arm, action, buffer);
        expect(buffer, arm + 1, next, image);
      } else {
        expect(tensor, arm + 1, next, image);
      }
    }
  }

  /** Whether some choice agrees with {@code mask} up to this arm. */
  private boolean begins(int mask, int arm) {
    int upTo = (int) ((1L << (arm + 1)) - 1);
    for (int choice : choices) {
      if ((choice & upTo) == mask) {
        return true;
      }
    }
    return false;
  }

  private void gather(double[] tensor, int mask, double[] image) {
    if (chosen == null) {
      for (int s = 0; s < states; s++) {
        image[s] += tensor[s] / choices.length;
      }
      return;
    }
    for (int s = 0; s < states; s++) {
      if (chosen[s] == mask) {
        image[s] = tensor[s];
      }
    }
  }

  /** Along one arm: out[o, s, k] = sum over t of P(s, t) in[o, t, k]. */
  private void multiply(double[] in, int arm, int action, double[] out) {
    ArmChain chain = chains[arm];
    int n = chain.states();
    int inner = 1;
    for (int i = arm + 1; i < chains.length; i++) {
      inner *= chains[i].states();
    }
    int stride = inner;
    int rows = states / stride;
    int rowsOfPiece = Math.max(1, PIECE / stride);
    long entries = 0;
    for (int s = 0; s < n; s++) {
      entries += chain.length(action, s);
    }
    work += (double) entries * states / n;
    workers.forEach(
        (rows + rowsOfPiece - 1) / rowsOfPiece,
        piece -> {
          int end = Math.min(rows, (piece + 1) * rowsOfPiece);
          for (int q = piece * rowsOfPiece; q < end; q++) {
            int s = q % n;
            int to = q * stride;
            int base = (q - s) * stride;
            int length = chain.length(action, s);
            if (stride == 1) {
              double sum = 0;
              for (int e = 0; e < length; e++) {
                sum += chain.probability(action, s, e) * in[base + chain.successor(action, s, e)];
              }
              out[to] = sum;
              continue;
            }
            Arrays.fill(out, to, to + stride, 0);
            for (int e = 0; e < length; e++) {
              add(
                  chain.probability(action, s, e),
                  in,
                  base + chain.successor(action, s, e) * stride,
                  out,
                  to,
                  stride);
            }
          }
        });
  }

  private static void add(double p, double[] in, int from, double[] out, int to, int count) {
    for (int k = 0; k < count; k++) {
      out[to + k] += p * in[from + k];
    }
  }
}
