package bellwether.core.policy;

import bellwether.core.parallel.Workers;
import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.DoubleAdder;
import org.jspecify.annotations.Nullable;

/**
 * Policies over finitely many periods, by backward induction over the joint states that can be
 * reached in each of them; values and the arms' shares together. Of finite arms all joint states
 * are kept in every period, of arms that are learned those that are met.
 */
final class LayeredChain {
  /** The most states of all periods together, where each has its own. */
  static final int MOST_STATES = 20_000_000;

  /** The most entries of rows that one policy may take. */
  static final double MOST_WORK = 2e9;

  private static final int BLOCK = 1 << 10;

  private final BanditProblem problem;
  private final ArmChain[] chains;
  private final RewardRange range;
  private final int periods;
  private final double terminal;
  private final int mostStates;
  private final Workers workers;

  /**
   * Chains of a problem.
   *
   * @param periods how many count
   * @param terminal the value after them
   * @param mostStates joint states of one period
   */
  LayeredChain(
      BanditProblem problem,
      ArmChain[] chains,
      RewardRange range,
      int periods,
      double terminal,
      int mostStates,
      Workers workers) {
    this.problem = problem;
    this.chains = chains;
    this.range = range;
    this.periods = periods;
    this.terminal = terminal;
    this.mostStates = mostStates;
    this.workers = workers;
  }

  /** The states of one period and where each stands; all states where {@code codes} is null. */
  private record Layer(long @Nullable [] codes, int size) {
    long code(int k) {
      return codes == null ? k : codes[k];
    }

    @Nullable Long2IntOpenHashMap places() {
      if (codes == null) {
        return null;
      }
      Long2IntOpenHashMap places = new Long2IntOpenHashMap(size);
      for (int k = 0; k < size; k++) {
        places.put(codes[k], k);
      }
      return places;
    }
  }

  /** The value from the problem's states, or null where there are too many states or entries. */
  @Nullable ExactValue evaluate(JointRule rule) {
    List<Layer> layers = layers(rule);
    if (layers == null) {
      return null;
    }
    int n = chains.length;
    boolean withShares = !(rule instanceof JointRule.Mean);
    int width = withShares ? n + 1 : 1;
    double[] next = {};
    Long2IntOpenHashMap places = null;
    double longest = 1;
    for (int t = periods - 1; t >= 0; t--) {
      Layer layer = layers.get(t);
      double[] image = new double[width * layer.size()];
      Step step = new Step(rule, layer, t, width, next, places, image);
      int blocks = (layer.size() + BLOCK - 1) / BLOCK;
      double[] longestOf = new double[blocks];
      workers.forEach(blocks, block -> longestOf[block] = step.run(block * BLOCK));
      longest = Math.max(longest, Arrays.stream(longestOf).max().orElse(0));
      next = image;
      places = layer.places();
    }
    int start = layers.getFirst().codes() == null ? (int) rows().code(problem.states()) : 0;
    double total = total(problem.discount(), periods);
    double[] shares = new double[n];
    Arrays.fill(shares, (double) problem.activate() / n);
    for (int i = 0; withShares && i < n; i++) {
      shares[i] = next[width * start + 1 + i] / total;
    }
    double size = Math.max(Math.abs(range.low()), Math.abs(range.high()));
    double rounding = (longest + 2.0 * n + 4) * 0x1p-52 * size * total * Math.min(periods, total);
    return new ExactValue(next[width * start], rounding + 0x1p-50 * size, 0, shares);
  }

  /** Sum of discount^t over the periods. */
  static double total(double discount, int periods) {
    return discount == 1 ? periods : -Math.expm1(periods * Math.log(discount)) / (1 - discount);
  }

  private JointRows rows() {
    return new JointRows(chains);
  }

  private @Nullable List<Layer> layers(JointRule rule) {
    List<Layer> layers = new ArrayList<>();
    if (!problem.learns()) {
      Layer all = new Layer(null, (int) JointRows.size(chains));
      if (work(rule) * periods > MOST_WORK) {
        return null;
      }
      for (int t = 0; t < periods; t++) {
        layers.add(all);
      }
      return layers;
    }
    JointRows rows = rows();
    JointRule.Chooser chooser = JointRule.chooser(rule, problem, range);
    Layer layer = new Layer(new long[] {rows.code(problem.states())}, 1);
    long count = 1;
    double work = 0;
    layers.add(layer);
    for (int t = 0; t + 1 < periods; t++) {
      LongOpenHashSet successors = new LongOpenHashSet();
      for (int k = 0; k < layer.size(); k++) {
        if (k % BLOCK == 0) {
          Workers.checkInterrupted();
        }
        rows.at(layer.code(k));
        for (int mask : chooser.choices(rows, t)) {
          work += rows.length(mask);
          if (work > MOST_WORK) {
            return null;
          }
          rows.row(mask, (code, _) -> successors.add(code));
        }
        if (successors.size() > mostStates || count + successors.size() > MOST_STATES) {
          return null;
        }
      }
      long[] codes = successors.toLongArray();
      Arrays.sort(codes);
      layer = new Layer(codes, codes.length);
      count += codes.length;
      layers.add(layer);
    }
    return layers;
  }

  /** Entries of the rows of all joint states. */
  private double work(JointRule rule) {
    DoubleAdder work = new DoubleAdder();
    int states = (int) JointRows.size(chains);
    workers.forEach(
        (states + BLOCK - 1) / BLOCK,
        block -> {
          JointRows rows = rows();
          JointRule.Chooser chooser = JointRule.chooser(rule, problem, range);
          double sum = 0;
          for (int s = block * BLOCK; s < Math.min(states, (block + 1) * BLOCK); s++) {
            rows.at(s);
            for (int mask : chooser.choices(rows, 0)) {
              sum += rows.length(mask);
            }
          }
          work.add(sum);
        });
    return work.sum();
  }

  /** One step of the induction. */
  private final class Step {
    private final JointRule rule;
    private final Layer layer;
    private final int period;
    private final int width;
    private final double[] next;
    private final @Nullable Long2IntOpenHashMap places;
    private final double[] image;

    Step(
        JointRule rule,
        Layer layer,
        int period,
        int width,
        double[] next,
        @Nullable Long2IntOpenHashMap places,
        double[] image) {
      this.rule = rule;
      this.layer = layer;
      this.period = period;
      this.width = width;
      this.next = next;
      this.places = places;
      this.image = image;
    }

    /** Does one block; returns the length of its longest row. */
    double run(int from) {
      JointRows rows = rows();
      JointRule.Chooser chooser = JointRule.chooser(rule, problem, range);
      double[] sum = new double[width];
      double[] kept = new double[width];
      boolean best = rule instanceof JointRule.Best;
      double longest = 1;
      double tie = 1e-12 * range.largest();
      for (int k = from; k < Math.min(layer.size(), from + BLOCK); k++) {
        rows.at(layer.code(k));
        int[] choices = chooser.choices(rows, period);
        boolean first = true;
        for (int mask : choices) {
          longest = Math.max(longest, rows.length(mask));
          expect(rows, mask, sum);
          double value = rows.reward(mask) + problem.discount() * sum[0];
          if (best && !first && !(value > kept[0] + tie)) {
            // The exact maximum; only its shares follow the lowest of arms that tie.
            kept[0] = Math.max(kept[0], value);
            continue;
          }
          boolean add = !best && !first;
          kept[0] = add ? kept[0] + value : value;
          for (int i = 1; i < width; i++) {
            kept[i] = (mask >> (i - 1) & 1) + problem.discount() * sum[i];
          }
          first = false;
        }
        image[width * k] = best ? kept[0] : kept[0] / choices.length;
        System.arraycopy(kept, 1, image, width * k + 1, width - 1);
      }
      return longest;
    }

    private void expect(JointRows rows, int mask, double[] sum) {
      Arrays.fill(sum, 0);
      if (period == periods - 1) {
        sum[0] = terminal;
        return;
      }
      rows.row(
          mask,
          (code, p) -> {
            int at = width * (places == null ? (int) code : places.get(code));
            for (int i = 0; i < width; i++) {
              sum[i] += p * next[at + i];
            }
          });
    }
  }
}
