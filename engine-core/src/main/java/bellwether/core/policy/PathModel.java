package bellwether.core.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What all blocks of paths share: the arms, ready to be simulated, and the policies. */
final class PathModel {
  private final BanditProblem problem;
  private final int[] states;
  private final ArmChain[] chains;
  private final @Nullable AliasRows[] passive;
  private final @Nullable AliasRows[] active;
  private final BanditArm.@Nullable Learning[] learning;
  private final boolean[] restless;
  private final List<Policy> policies;
  private final List<ArmScore[]> scores;
  private final int periods;
  private final double total;
  private final double largest;

  /**
   * A model.
   *
   * @param chains of the arms; those of arms that are learned are not looked at
   * @param scores of every policy, by arm
   * @param periods to simulate
   * @param largest the largest |reward| of an arm
   */
  PathModel(
      BanditProblem problem,
      ArmChain[] chains,
      List<Policy> policies,
      List<ArmScore[]> scores,
      int periods,
      double largest) {
    this.problem = problem;
    this.states = problem.states();
    this.chains = chains;
    this.policies = policies;
    this.scores = scores;
    this.periods = periods;
    this.largest = largest;
    this.total = LayeredChain.total(problem.discount(), periods);
    int n = chains.length;
    passive = new AliasRows[n];
    active = new AliasRows[n];
    learning = new BanditArm.Learning[n];
    restless = new boolean[n];
    for (int i = 0; i < n; i++) {
      BanditArm arm = problem.arms().get(i);
      int same = problem.arms().indexOf(arm);
      restless[i] = arm instanceof BanditArm.Restless;
      if (arm instanceof BanditArm.Learning learned) {
        learning[i] = learned;
      } else if (same < i) {
        active[i] = active[same];
        passive[i] = passive[same];
      } else {
        active[i] = new AliasRows(chains[i], 1);
        passive[i] = restless[i] ? new AliasRows(chains[i], 0) : null;
      }
    }
  }

  int arms() {
    return chains.length;
  }

  int activate() {
    return problem.activate();
  }

  double discount() {
    return problem.discount();
  }

  int periods() {
    return periods;
  }

  /** Sum of discount^t over the periods. */
  double total() {
    return total;
  }

  double largest() {
    return largest;
  }

  int policies() {
    return policies.size();
  }

  Policy policy(int k) {
    return policies.get(k);
  }

  ArmScore[] scores(int k) {
    return scores.get(k);
  }

  boolean restless(int arm) {
    return restless[arm];
  }

  BanditArm.@Nullable Learning learning(int arm) {
    return learning[arm];
  }

  /** Puts all arms where they are at first. */
  void begin(int[] first, int[] second) {
    for (int i = 0; i < states.length; i++) {
      first[i] = states[i];
      second[i] = 0;
    }
  }

  /** The expected reward: what a pull pays beside it is noise. */
  double reward(int arm, boolean isActive, int first, int second) {
    BanditArm.Learning learned = learning[arm];
    return learned != null
        ? learned.scale() * ArmScore.mean(learned.arm(), first, second)
        : chains[arm].reward(isActive ? 1 : 0, first);
  }

  /** Moves an arm. */
  void move(int arm, boolean isActive, double uniform, int[] first, int[] second) {
    BanditArm.Learning learned = learning[arm];
    if (learned != null) {
      if (uniform < ArmScore.mean(learned.arm(), first[arm], second[arm])) {
        first[arm]++;
      }
      second[arm]++;
      return;
    }
    AliasRows rows = isActive ? active[arm] : passive[arm];
    if (rows != null) {
      first[arm] = rows.next(first[arm], uniform);
    }
  }
}
