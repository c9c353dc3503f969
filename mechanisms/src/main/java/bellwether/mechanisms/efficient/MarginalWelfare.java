package bellwether.mechanisms.efficient;

import bellwether.core.bandit.RetirementSteps;
import bellwether.core.mdp.TypeTransition;
import bellwether.core.parallel.Workers;
import bellwether.mechanisms.auction.BanditWelfare;
import bellwether.mechanisms.auction.Bidder;
import bellwether.mechanisms.environment.Environment;
import bellwether.mechanisms.environment.Structure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Types that nobody controls, and actions that concern at most one agent each: the best action is
 * the best one now, and what it is worth in t periods is the mean of a largest of independent
 * numbers,
 *
 * <p>W = sum_t d^t E max(o, max_i u_i(theta_it)) = sum_t d^t (o + integral from o of 1 - prod_i
 * P(u_i(theta_it) &lt;= x) dx),
 *
 * <p>u_i the most that agent i's actions are worth, o what idle ones are. So W comes from the
 * agents' own laws, for any number of agents; every W_-i in the same sweeps.
 *
 * <p>Over an infinite horizon the sum ends when what is left cannot matter: because d^t is small,
 * or because the laws have stopped moving. The gap says how much it may be.
 */
public final class MarginalWelfare implements ProfileWelfare {
  private static final double TIE = 1e-9;
  private static final int MOST_PERIODS = 1_000_000;

  private final Environment environment;
  private final Workers workers;
  private final int[] agentOfAction;
  private final double outside;
  private final double[] outsideWithout;

  /** u_i by type, and types by decreasing u_i. */
  private final double[][] worth;

  private final Integer[][] order;
  private final double range;

  /**
   * Looks at an environment.
   *
   * @throws IllegalArgumentException when types are controlled, there is a physical state or an
   *     action concerns two agents, saying which
   */
  public MarginalWelfare(Environment environment, Workers workers) {
    this.environment = environment;
    this.workers = workers;
    Structure structure = Structure.of(environment);
    String refusal = structure.marginalRefusal();
    if (refusal != null) {
      throw new IllegalArgumentException("the objective does not separate: " + refusal);
    }
    agentOfAction = structure.agentOfAction();
    int n = environment.size();
    double idle = Double.NEGATIVE_INFINITY;
    double[] absent = new double[n];
    Arrays.fill(absent, Double.NEGATIVE_INFINITY);
    worth = new double[n][];
    order = new Integer[n][];
    for (int i = 0; i < n; i++) {
      worth[i] = new double[environment.agent(i).types()];
      Arrays.fill(worth[i], Double.NEGATIVE_INFINITY);
    }
    for (int a = 0; a < environment.actions(); a++) {
      int i = agentOfAction[a];
      double designer = environment.designerValue(a);
      if (i < 0) {
        idle = Math.max(idle, designer);
        continue;
      }
      absent[i] = Math.max(absent[i], designer);
      for (int t = 0; t < worth[i].length; t++) {
        worth[i][t] = Math.max(worth[i][t], environment.agent(i).value(a, t) + designer);
      }
    }
    double least = idle;
    double most = idle;
    for (int i = 0; i < n; i++) {
      double[] own = worth[i];
      order[i] = IntStream.range(0, own.length).boxed().toArray(Integer[]::new);
      Arrays.sort(order[i], Comparator.comparingDouble((Integer t) -> -own[t]));
      for (double u : own) {
        if (u > Double.NEGATIVE_INFINITY) {
          least = least == Double.NEGATIVE_INFINITY ? u : Math.min(least, u);
          most = Math.max(most, u);
        }
      }
    }
    outside = idle > Double.NEGATIVE_INFINITY ? idle : least;
    range = most - Math.min(least, outside);
    outsideWithout = new double[n];
    for (int i = 0; i < n; i++) {
      double option = Math.max(idle, absent[i]);
      outsideWithout[i] = option > Double.NEGATIVE_INFINITY ? option : outside;
    }
  }

  @Override
  public Environment environment() {
    return environment;
  }

  private double score(int action, int[] profile) {
    int i = agentOfAction[action];
    double designer = environment.designerValue(action);
    return i < 0 ? designer : designer + environment.agent(i).value(action, profile[i]);
  }

  @Override
  public int action(int... profile) {
    double best = Double.NEGATIVE_INFINITY;
    double size = 0;
    for (int a = 0; a < agentOfAction.length; a++) {
      best = Math.max(best, score(a, profile));
      size = Math.max(size, Math.abs(score(a, profile)));
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
    return sum(point(profile), environment.horizon());
  }

  @Override
  public Values after(int action, int... profile) {
    environment.checkProfile(profile);
    if (environment.horizon() == 1) {
      return new Values(0, new double[profile.length], 0);
    }
    return sum(step(point(profile)), Math.max(0, environment.horizon() - 1));
  }

  private double[][] point(int... profile) {
    double[][] law = new double[profile.length][];
    for (int i = 0; i < law.length; i++) {
      law[i] = new double[environment.agent(i).types()];
      law[i][profile[i]] = 1;
    }
    return law;
  }

  @Override
  public Values expected() {
    return sum(DynamicMechanism.prior(environment), environment.horizon());
  }

  private Values sum(double[][] first, int periods) {
    int n = first.length;
    double discount = environment.discount();
    double[][] law = first;
    double welfare = 0;
    double[] without = new double[n];
    double power = 1;
    double asked = WelfareTables.defaultTolerance(environment);
    int horizon = environment.isInfinite() ? MOST_PERIODS : periods;
    for (int t = 0; t < horizon; t++) {
      Workers.checkInterrupted();
      Values now = flow(law);
      welfare += power * now.welfare();
      for (int i = 0; i < n; i++) {
        without[i] += power * now.without()[i];
      }
      double[][] next = step(law);
      double rest = environment.isInfinite() ? power * discount / (1 - discount) : 0;
      double moved = 0;
      for (int i = 0; i < n; i++) {
        double distance = 0;
        for (int s = 0; s < next[i].length; s++) {
          distance += Math.abs(next[i][s] - law[i][s]);
        }
        moved += distance / 2;
      }
      // Laws move less and less: after s more periods by at most s times what they moved now.
      double error = rest * range * Math.min(1, moved / (1 - discount));
      if (environment.isInfinite() && error <= asked) {
        for (int i = 0; i < n; i++) {
          without[i] += rest * now.without()[i];
        }
        return new Values(welfare + rest * now.welfare(), without, error);
      }
      law = next;
      power *= discount;
    }
    return new Values(
        welfare, without, environment.isInfinite() ? range * power / (1 - discount) : 0);
  }

  private double[][] step(double[][] law) {
    double[][] next = new double[law.length][];
    workers.forEach(
        law.length,
        i -> {
          TypeTransition transition = environment.agent(i).transition(0);
          double[] to = new double[law[i].length];
          for (int s = 0; s < to.length; s++) {
            double p = law[i][s];
            if (p > 0) {
              transition.forEachSuccessor(s, (u, q) -> to[u] += p * q);
            }
          }
          next[i] = to;
        });
    return next;
  }

  /** E max now, with and without each agent: a bandit whose factors are distribution functions. */
  private Values flow(double[][] law) {
    int n = law.length;
    List<Bidder> bidders = new ArrayList<>(n);
    int[] place = new int[n];
    for (int i = 0; i < n; i++) {
      place[i] = -1;
      if (worth[i][0] > Double.NEGATIVE_INFINITY) {
        place[i] = bidders.size();
        bidders.add(Bidder.of(steps(i, law[i])));
      }
    }
    BanditWelfare whole = BanditWelfare.of(bidders, 0, outside, workers);
    double[] without = new double[n];
    boolean[] done = new boolean[n];
    for (int i = 0; i < n; i++) {
      if (done[i]) {
        continue;
      }
      double option = outsideWithout[i];
      BanditWelfare sweep =
          option == outside ? whole : BanditWelfare.of(bidders, 0, option, workers);
      for (int j = i; j < n; j++) {
        if (outsideWithout[j] == option) {
          done[j] = true;
          without[j] = place[j] < 0 ? whole.welfare() : sweep.welfareWithout(place[j]);
        }
      }
    }
    return new Values(whole.welfare(), without, 0);
  }

  /** P(u_i &lt;= x) as steps down from 1. */
  private RetirementSteps steps(int i, double[] law) {
    int types = law.length;
    double[] breakpoints = new double[types];
    double[] factors = new double[types + 1];
    for (int k = 0; k < types; k++) {
      breakpoints[k] = worth[i][order[i][k]];
    }
    // From the bottom up, so that small probabilities are not lost in sums.
    for (int k = types - 1; k >= 0; k--) {
      factors[k] = factors[k + 1] + law[order[i][k]];
    }
    for (int k = 0; k < types; k++) {
      factors[k] = Math.min(1, factors[k] / factors[0]);
    }
    return new RetirementSteps(breakpoints, factors);
  }

  @Override
  public double next(int i, Values values, int action, int... profile) {
    // Nobody moves anything: W_-i less what it is worth now.
    double now = outsideWithoutNow(i);
    for (int a = 0; a < agentOfAction.length; a++) {
      if (agentOfAction[a] != i) {
        now = Math.max(now, score(a, profile));
      }
    }
    return values.without()[i] - now;
  }

  private double outsideWithoutNow(int i) {
    double now = Double.NEGATIVE_INFINITY;
    for (int a = 0; a < agentOfAction.length; a++) {
      if (agentOfAction[a] == i || agentOfAction[a] < 0) {
        now = Math.max(now, environment.designerValue(a));
      }
    }
    return now;
  }
}
