package bellwether.mechanisms.efficient;

import bellwether.core.bandit.RetirementSteps;
import bellwether.core.kernel.Kernels;
import bellwether.core.parallel.Workers;
import bellwether.mechanisms.auction.BanditWelfare;
import bellwether.mechanisms.auction.Bidder;
import bellwether.mechanisms.environment.Environment;
import bellwether.mechanisms.environment.Solver;
import bellwether.mechanisms.environment.Structure;
import java.util.ArrayList;
import java.util.List;

/**
 * An environment in which every action concerns at most one agent, and every agent at most one
 * action, whose type moves when it is served and not else: W from the agents' own problems by
 * Whittle's product theorem (1980), without joint states, for any number of agents.
 *
 * <p>Leaving agent i out leaves its action: serving nobody, which is worth what it is to the
 * designer. One sweep over all breakpoints gives W and every W_-i that has the same outside option.
 */
public final class BanditEnvironment implements ProfileWelfare {
  private static final double TIE = 1e-9;

  private final Environment environment;
  private final Workers workers;
  private final BanditArms arms;
  private final int[] armOfAction;

  /** What an action that serves nobody is worth a period, -infinity where there is none. */
  private final double idle;

  /** The outside option of the whole bandit: idle, or what is never better than an arm. */
  private final double outside;

  /** The outside option without each agent. */
  private final double[] outsideWithout;

  /**
   * Finds the indices of all arms.
   *
   * @throws IllegalArgumentException when the environment is no bandit, saying why
   * @throws java.util.concurrent.CancellationException when the thread is interrupted
   */
  public BanditEnvironment(Environment environment, Kernels kernels, Workers workers) {
    this.environment = environment;
    this.workers = workers;
    Structure structure = Structure.of(environment);
    String refusal = structure.refusal(Solver.BANDIT);
    if (refusal != null) {
      throw new IllegalArgumentException("the environment is no bandit: " + refusal);
    }
    armOfAction = structure.armOfAction();
    int[] actionOfArm = structure.actionOfArm();
    arms = new BanditArms(environment, actionOfArm, kernels, workers);
    double best = Double.NEGATIVE_INFINITY;
    for (int a = 0; a < armOfAction.length; a++) {
      if (armOfAction[a] < 0) {
        best = Math.max(best, environment.designerValue(a));
      }
    }
    idle = best;
    outside = Double.isFinite(idle) ? idle : arms.leastIndex();
    outsideWithout = new double[environment.size()];
    for (int i = 0; i < outsideWithout.length; i++) {
      int action = actionOfArm[i];
      outsideWithout[i] = action < 0 ? outside : Math.max(idle, environment.designerValue(action));
    }
  }

  @Override
  public Environment environment() {
    return environment;
  }

  private double score(int action, int[] profile) {
    int i = armOfAction[action];
    return i < 0 ? environment.designerValue(action) : arms.index(i, profile[i]);
  }

  @Override
  public int action(int... profile) {
    double best = Double.NEGATIVE_INFINITY;
    double size = 0;
    for (int a = 0; a < armOfAction.length; a++) {
      double score = score(a, profile);
      best = Math.max(best, score);
      size = Math.max(size, Math.abs(score));
    }
    int a = 0;
    while (!(best - score(a, profile) < TIE * (1 + size))) {
      a++;
    }
    return a;
  }

  @Override
  public Values values(int... profile) {
    environment.checkProfile(profile);
    RetirementSteps[] steps = new RetirementSteps[profile.length];
    workers.forEach(
        steps.length,
        i -> steps[i] = hasArm(i) ? arms.steps(i, profile[i]) : new RetirementSteps(NO, ONE));
    return values(steps);
  }

  private static final double[] NO = {};
  private static final double[] ONE = {1};

  private boolean hasArm(int i) {
    for (int arm : armOfAction) {
      if (arm == i) {
        return true;
      }
    }
    return false;
  }

  @Override
  public Values expected() {
    double[][] law = DynamicMechanism.prior(environment);
    RetirementSteps[] steps = new RetirementSteps[law.length];
    workers.forEach(
        steps.length,
        i -> steps[i] = hasArm(i) ? arms.mean(i, law[i]) : new RetirementSteps(NO, ONE));
    return values(steps);
  }

  private Values values(RetirementSteps[] steps) {
    int n = steps.length;
    List<Bidder> bidders = new ArrayList<>(n);
    int[] place = new int[n];
    for (int i = 0; i < n; i++) {
      place[i] = -1;
      if (steps[i].breakpoints().length > 0) {
        place[i] = bidders.size();
        bidders.add(Bidder.of(steps[i]));
      }
    }
    double discount = environment.discount();
    BanditWelfare whole = BanditWelfare.of(bidders, discount, outside, workers);
    double[] without = new double[n];
    boolean[] done = new boolean[n];
    for (int i = 0; i < n; i++) {
      if (done[i]) {
        continue;
      }
      // One sweep for all whose absence leaves the same outside option.
      double option = outsideWithout[i];
      BanditWelfare sweep =
          option == outside ? whole : BanditWelfare.of(bidders, discount, option, workers);
      for (int j = i; j < n; j++) {
        if (outsideWithout[j] == option) {
          done[j] = true;
          without[j] = place[j] < 0 ? whole.welfare() : sweep.welfareWithout(place[j]);
        }
      }
    }
    return new Values(whole.welfare(), without, 0);
  }

  @Override
  public Values after(int action, int... profile) {
    environment.checkProfile(profile);
    int mover = armOfAction[action];
    RetirementSteps[] steps = new RetirementSteps[profile.length];
    workers.forEach(
        steps.length,
        i -> {
          if (i == mover) {
            // Types move independently: the mean of the factor is the factor of the mean.
            double[] law = new double[environment.agent(i).types()];
            environment
                .agent(i)
                .transition(action)
                .forEachSuccessor(profile[i], (u, p) -> law[u] = p);
            steps[i] = arms.mean(i, law);
          } else {
            steps[i] = hasArm(i) ? arms.steps(i, profile[i]) : new RetirementSteps(NO, ONE);
          }
        });
    return values(steps);
  }

  @Override
  public double next(int i, Values values, int action, int... profile) {
    int mover = armOfAction[action];
    double discount = environment.discount();
    if (mover == i || mover < 0) {
      return discount * values.without()[i];
    }
    if (score(action, profile) >= outsideWithout[i]) {
      // What is best for all is best without i too: W_-i = w_-i(x*) + d E W_-i.
      return values.without()[i] - environment.flowWithout(i, action, profile);
    }
    return discount * after(action, profile).without()[i];
  }
}
