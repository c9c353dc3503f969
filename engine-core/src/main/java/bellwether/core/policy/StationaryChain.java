package bellwether.core.policy;

import bellwether.core.mdp.FiniteHorizon;
import bellwether.core.mdp.MdpProblem;
import bellwether.core.mdp.MdpSolver;
import bellwether.core.mdp.ProductAgent;
import bellwether.core.mdp.ProductMdp;
import bellwether.core.mdp.Solution;
import bellwether.core.mdp.SolveOptions;
import bellwether.core.mdp.SparseMdp;
import bellwether.core.mdp.TypeTransition;
import bellwether.core.parallel.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Policies of finite arms whose joint chain does not change between periods: as a sparse model with
 * one action, solved between bounds, or without its matrix where that is too large or there is a
 * horizon; the optimum by the product of the arms, whose joint matrix is never built.
 */
final class StationaryChain {
  /** The most entries of a policy's joint chain: 12 bytes each. */
  static final double MOST_ENTRIES = 3e7;

  /** The most joint states times choices of the optimum. */
  static final double MOST_BACKUPS = 2e8;

  /** Shares that may be off by more are not given. */
  private static final double MOST_SHARE_ERROR = 0.01;

  private static final int BLOCK = 1 << 12;

  private final BanditProblem problem;
  private final ArmChain[] chains;
  private final RewardRange range;
  private final double tolerance;
  private final Workers workers;
  private final int states;
  private final double mostEntries;
  private final double mostWork;

  /**
   * Chains of a problem.
   *
   * @param tolerance of the values, in reward units
   * @param mostEntries of a chain whose matrix is made; {@link #MOST_ENTRIES}, less in tests
   */
  StationaryChain(
      BanditProblem problem,
      ArmChain[] chains,
      RewardRange range,
      double tolerance,
      double mostEntries,
      Workers workers) {
    this(problem, chains, range, tolerance, mostEntries, ProductChain.MOST_WORK, workers);
  }

  /** The same, with {@code mostWork} in place of {@link ProductChain#MOST_WORK}. */
  StationaryChain(
      BanditProblem problem,
      ArmChain[] chains,
      RewardRange range,
      double tolerance,
      double mostEntries,
      double mostWork,
      Workers workers) {
    this.mostWork = mostWork;
    this.problem = problem;
    this.chains = chains;
    this.range = range;
    this.tolerance = tolerance;
    this.mostEntries = problem.horizon() > 0 ? 0 : mostEntries;
    this.workers = workers;
    states = (int) JointRows.size(chains);
  }

  /** The value from the problem's states, or null where the joint chain is too large. */
  @Nullable ExactValue evaluate(JointRule rule) {
    return switch (rule) {
      case JointRule.Best best -> optimum(best);
      case JointRule.ByIndex index -> {
        int[] masks = masks(index);
        yield evaluate(s -> new int[] {masks[s]}, true, true);
      }
      case JointRule.Mean mean -> evaluate(_ -> mean.choices(), false, true);
    };
  }

  @FunctionalInterface
  private interface Choices {
    int[] of(int state);
  }

  private void forEachState(java.util.function.BiConsumer<JointRows, Integer> blocks) {
    int count = (states + BLOCK - 1) / BLOCK;
    workers.forEach(count, block -> blocks.accept(new JointRows(chains), block * BLOCK));
  }

  private int end(int from) {
    return Math.min(states, from + BLOCK);
  }

  private int[] masks(JointRule.ByIndex index) {
    int[] masks = new int[states];
    forEachState(
        (rows, from) -> {
          JointRule.Chooser chooser = JointRule.chooser(index, problem, range);
          for (int s = from; s < end(from); s++) {
            rows.at(s);
            masks[s] = chooser.choices(rows, 0)[0];
          }
        });
    return masks;
  }

  /** The value of these choices if it is {@code wanted}, else 0, and the shares. */
  private @Nullable ExactValue evaluate(Choices choices, boolean withShares, boolean wanted) {
    int[] rowStart = new int[states + 1];
    double[] lengths = new double[states];
    forEachState(
        (rows, from) -> {
          for (int s = from; s < end(from); s++) {
            rows.at(s);
            for (int mask : choices.of(s)) {
              lengths[s] += rows.length(mask);
            }
          }
        });
    double entries = 0;
    for (int s = 0; s < states; s++) {
      entries += lengths[s];
      if (entries > mostEntries) {
        return withoutMatrix(choices, withShares, wanted);
      }
      rowStart[s + 1] = (int) entries;
    }
    int[] successor = new int[(int) entries];
    double[] probability = new double[(int) entries];
    double[] reward = new double[states];
    double[][] active = new double[withShares ? chains.length : 0][states];
    forEachState(
        (rows, from) -> {
          Filler filler = new Filler(successor, probability);
          for (int s = from; s < end(from); s++) {
            rows.at(s);
            int[] masks = choices.of(s);
            filler.next = rowStart[s];
            filler.weight = 1.0 / masks.length;
            for (int mask : masks) {
              reward[s] += rows.reward(mask) / masks.length;
              rows.row(mask, filler);
              for (int i = 0; i < active.length; i++) {
                active[i][s] = mask >> i & 1;
              }
            }
          }
        });
    int start = (int) new JointRows(chains).code(problem.states());
    SparseMdp chain = SparseMdp.owning(states, 1, rowStart, successor, probability, reward);
    Solution solution = wanted ? solve(chain, tolerance) : null;
    double[] shares = new double[chains.length];
    Arrays.fill(shares, (double) problem.activate() / chains.length);
    for (int i = 0; i < active.length; i++) {
      SparseMdp counts = SparseMdp.owning(states, 1, rowStart, successor, probability, active[i]);
      double rate = 1 - problem.discount();
      shares[i] = clamp(solve(counts, 1e-9 / rate).value()[start] * rate);
    }
    return solution == null
        ? new ExactValue(0, 0, 0, shares)
        : new ExactValue(solution.value()[start], gap(solution), 0, shares);
  }

  private static double gap(Solution solution) {
    return Math.max(solution.lowerGap(), solution.upperGap());
  }

  private @Nullable ExactValue withoutMatrix(Choices choices, boolean withShares, boolean wanted) {
    int start = (int) new JointRows(chains).code(problem.states());
    int[] all = withShares ? JointRows.choices(chains.length, problem.activate()) : choices.of(0);
    int[] chosen = withShares ? new int[states] : null;
    double[] reward = new double[states];
    forEachState(
        (rows, from) -> {
          for (int s = from; s < end(from); s++) {
            rows.at(s);
            int[] masks = choices.of(s);
            for (int mask : masks) {
              reward[s] += rows.reward(mask) / masks.length;
            }
            if (chosen != null) {
              chosen[s] = masks[0];
            }
          }
        });
    ProductChain chain = new ProductChain(chains, all, chosen, problem.discount(), workers);
    int periods = problem.horizon();
    ProductChain.Bounded value = null;
    if (wanted) {
      value = chain.solve(reward, start, periods, tolerance, mostWork, false);
      if (value == null || !value.met()) {
        return null;
      }
    }
    double total =
        periods > 0
            ? LayeredChain.total(problem.discount(), periods)
            : 1 / (1 - problem.discount());
    double[] shares = new double[chains.length];
    Arrays.fill(shares, (double) problem.activate() / chains.length);
    double shareError = 0;
    for (int i = 0; chosen != null && i < shares.length; i++) {
      for (int s = 0; s < states; s++) {
        reward[s] = chosen[s] >> i & 1;
      }
      // Bounds on the share itself, so that sweeps which end early are of use.
      ProductChain.Bounded share =
          chain.solve(reward, start, periods, 1e-9 * total, mostWork / shares.length, true);
      if (share == null || share.errorBound() > MOST_SHARE_ERROR * total) {
        shares = unknown();
        shareError = 0;
        break;
      }
      shares[i] = clamp(share.value() / total);
      shareError = share.met() ? shareError : Math.max(shareError, share.errorBound() / total);
    }
    return value == null
        ? new ExactValue(0, 0, shareError, shares)
        : new ExactValue(value.value(), value.errorBound(), shareError, shares);
  }

  private static double clamp(double share) {
    return Math.max(0, Math.min(1, share));
  }

  private Solution solve(bellwether.core.mdp.Mdp model, double accuracy) {
    SolveOptions options = SolveOptions.DEFAULT.withTolerance(accuracy);
    return MdpSolver.solve(MdpProblem.maximize(model, problem.discount()), options, workers);
  }

  private @Nullable ExactValue optimum(JointRule.Best best) {
    if ((double) states * best.choices().length > MOST_BACKUPS) {
      return null;
    }
    List<ProductAgent> agents = new ArrayList<>();
    for (int i = 0; i < chains.length; i++) {
      agents.add(agent(chains[i], i, best.choices()));
    }
    ProductMdp model = ProductMdp.of(new double[best.choices().length], agents);
    int periods = problem.horizon();
    Solution solution =
        periods > 0
            ? FiniteHorizon.solve(
                MdpProblem.maximize(model, problem.discount()), periods, null, workers)
            : solve(model, tolerance);
    int start = (int) new JointRows(chains).code(problem.states());
    int[] policy = solution.policy();
    double[] shares;
    double shareError = 0;
    if (periods > 0) {
      shares = shares(model, best.choices(), start);
    } else {
      ExactValue followed = evaluate(s -> new int[] {best.choices()[policy[s]]}, true, false);
      shares = followed == null ? unknown() : followed.shares();
      shareError = followed == null ? 0 : followed.shareErrorBound();
    }
    return new ExactValue(solution.value()[start], gap(solution), shareError, shares);
  }

  private double[] unknown() {
    double[] shares = new double[chains.length];
    Arrays.fill(shares, Double.NaN);
    return shares;
  }

  /** Shares of the optimum with a horizon: its choices, period by period from the last. */
  private double[] shares(ProductMdp model, int[] choices, int start) {
    int periods = problem.horizon();
    MdpProblem one = MdpProblem.maximize(model, problem.discount());
    double[][] active = new double[chains.length][states];
    double[] image = new double[states];
    int[] chosen = new int[states];
    ProductChain chain = new ProductChain(chains, choices, chosen, problem.discount(), workers);
    double[] value = null;
    for (int t = periods - 1; t >= 0; t--) {
      Solution step = FiniteHorizon.solve(one, 1, value, workers);
      value = step.value();
      int[] policy = step.policy();
      for (int s = 0; s < states; s++) {
        chosen[s] = choices[policy[s]];
      }
      for (int i = 0; i < active.length; i++) {
        chain.back(active[i], image);
        for (int s = 0; s < states; s++) {
          active[i][s] = Math.fma(problem.discount(), image[s], chosen[s] >> i & 1);
        }
      }
    }
    double total = LayeredChain.total(problem.discount(), periods);
    double[] shares = new double[chains.length];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = clamp(active[i][start] / total);
    }
    return shares;
  }

  private static ProductAgent agent(ArmChain chain, int arm, int[] choices) {
    int n = chain.states();
    TypeTransition[] byAction = {transition(chain, 0), transition(chain, 1)};
    double[][] value = new double[choices.length][n];
    TypeTransition[] transition = new TypeTransition[choices.length];
    for (int c = 0; c < choices.length; c++) {
      int action = choices[c] >> arm & 1;
      transition[c] = byAction[action];
      for (int s = 0; s < n; s++) {
        value[c][s] = chain.reward(action, s);
      }
    }
    return ProductAgent.of(value, transition);
  }

  private static TypeTransition transition(ArmChain chain, int action) {
    int n = chain.states();
    if (!chain.moves(action)) {
      return TypeTransition.stay(n);
    }
    double[][] matrix = new double[n][n];
    for (int s = 0; s < n; s++) {
      for (int k = 0; k < chain.length(action, s); k++) {
        matrix[s][chain.successor(action, s, k)] += chain.probability(action, s, k);
      }
    }
    return TypeTransition.dense(matrix);
  }

  /** Writes rows one after the other. */
  private static final class Filler implements JointRows.Entries {
    private final int[] successor;
    private final double[] probability;
    private int next;
    private double weight;

    Filler(int[] successor, double[] probability) {
      this.successor = successor;
      this.probability = probability;
    }

    @Override
    public void accept(long code, double p) {
      successor[next] = (int) code;
      probability[next++] = weight * p;
    }
  }
}
