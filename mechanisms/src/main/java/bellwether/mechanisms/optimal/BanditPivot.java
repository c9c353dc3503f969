package bellwether.mechanisms.optimal;

import bellwether.core.bandit.MarkovArm;
import bellwether.core.kernel.Kernels;
import bellwether.core.mdp.TypeTransition;
import bellwether.core.parallel.Workers;
import bellwether.mechanisms.auction.AffineMap;
import bellwether.mechanisms.auction.ArmAuction;
import bellwether.mechanisms.auction.BanditAuction;
import bellwether.mechanisms.auction.Contestant;
import bellwether.mechanisms.auction.CurveOptions;
import bellwether.mechanisms.auction.Terms;
import bellwether.mechanisms.environment.Agent;
import bellwether.mechanisms.environment.Environment;
import bellwether.mechanisms.environment.Solver;
import bellwether.mechanisms.environment.Structure;
import bellwether.mechanisms.revenue.PrivateValue;
import bellwether.mechanisms.revenue.Subscriber;
import bellwether.mechanisms.revenue.SubscriberArms;
import bellwether.mechanisms.virtual.PrivateType;
import bellwether.mechanisms.virtual.VirtualWeight;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The virtual-pivot mechanism of a fully controlled environment (Kakade, Lobel and Nazerzadeh 2013,
 * 5.2.2), by virtual indices: every agent is served by an action of its own, its signal moves only
 * then, and some action serves nobody, at no more cost than any other.
 *
 * <p>Joint states are never listed: everything comes from the agents' own arms, for any number of
 * agents ({@link bellwether.mechanisms.revenue}). Allocations begin in period 1 and are weighted
 * d^t.
 */
public final class BanditPivot {
  private final SeparableEnvironment environment;
  private final int[] actionOfAgent;
  private final int idle;
  private final MarkovArm[] arms;
  private final List<Subscriber> subscribers;
  private final Kernels kernels;
  private final Workers workers;

  private BanditPivot(
      SeparableEnvironment environment,
      int[] actionOfAgent,
      int idle,
      Kernels kernels,
      Workers workers) {
    this.environment = environment;
    this.actionOfAgent = actionOfAgent;
    this.idle = idle;
    this.kernels = kernels;
    this.workers = workers;
    int n = environment.size();
    arms = new MarkovArm[n];
    List<Contestant> contestants = new ArrayList<>();
    List<double @Nullable []> laws = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      arms[i] = arm(environment.agent(i).signals(), actionOfAgent[i]);
      contestants.add(new Contestant(arms[i], 0, 1));
      laws.add(Objects.requireNonNull(environment.agent(i).signals().initial()));
    }
    SubscriberArms tables =
        SubscriberArms.of(contestants, laws, environment.discount(), 0.5, kernels, workers);
    subscribers = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      subscribers.add(
          new Subscriber(tables.steps(i), value(i), environment.cost(actionOfAgent[i])));
    }
  }

  /**
   * Why the mechanism does not apply to an environment; null when it does.
   *
   * @param environment any
   */
  public static @Nullable String refusal(SeparableEnvironment environment) {
    double[] one = new double[environment.size()];
    boolean[] all = new boolean[one.length];
    Arrays.fill(one, 1);
    Arrays.fill(all, true);
    Environment weighted = environment.weighted(one, all);
    Structure structure = Structure.of(weighted);
    if (!structure.allows(Solver.BANDIT)) {
      return structure.refusal(Solver.BANDIT);
    }
    int idle = idle(environment, structure.armOfAction());
    if (idle < 0) {
      return "no action serves nobody";
    }
    for (int i = 0; i < one.length; i++) {
      SeparableAgent agent = environment.agent(i);
      int action = structure.actionOfArm()[i];
      if (action < 0) {
        return "no action serves agent " + i;
      }
      if (environment.cost(action) < environment.cost(idle)) {
        return "action " + action + " costs less than action " + idle + ", which serves nobody";
      }
      if (agent.additive() && !(agent.constant(action) >= 0)) {
        return "C of agent " + i + " is negative";
      }
      for (int a = 0; a < environment.actions(); a++) {
        if (a != action && !agent.ignores(a)) {
          return "agent " + i + " is concerned by actions " + action + " and " + a;
        }
      }
      PrivateType type = agent.type();
      if (!agent.additive() && !(type.function().value(type.distribution().low()) >= 0)) {
        return "A of agent " + i + " is negative for some types";
      }
    }
    return null;
  }

  /** The cheapest action that serves nobody, the first of several; -1 where all serve somebody. */
  private static int idle(SeparableEnvironment environment, int[] armOfAction) {
    int idle = -1;
    for (int a = 0; a < armOfAction.length; a++) {
      if (armOfAction[a] < 0 && (idle < 0 || environment.cost(a) < environment.cost(idle))) {
        idle = a;
      }
    }
    return idle;
  }

  /**
   * The mechanism; all arms' tables are made here, once.
   *
   * @throws IllegalArgumentException when {@link #refusal} says why not
   * @throws java.util.concurrent.CancellationException when the thread is interrupted
   */
  public static BanditPivot of(SeparableEnvironment environment, Kernels kernels, Workers workers) {
    String refusal = refusal(environment);
    if (refusal != null) {
      throw new IllegalArgumentException("the environment is no bandit: " + refusal);
    }
    double[] one = new double[environment.size()];
    boolean[] all = new boolean[one.length];
    Arrays.fill(one, 1);
    Arrays.fill(all, true);
    Structure structure = Structure.of(environment.weighted(one, all));
    return new BanditPivot(
        environment,
        structure.actionOfArm(),
        idle(environment, structure.armOfAction()),
        kernels,
        workers);
  }

  private static MarkovArm arm(Agent agent, int action) {
    int n = agent.types();
    double[] rewards = new double[n];
    double[] matrix = new double[n * n];
    TypeTransition transition = agent.transition(action);
    for (int s = 0; s < n; s++) {
      rewards[s] = agent.value(action, s);
      int row = s * n;
      transition.forEachSuccessor(s, (u, p) -> matrix[row + u] = p);
    }
    return MarkovArm.owning(rewards, matrix);
  }

  private PrivateValue value(int i) {
    SeparableAgent agent = environment.agent(i);
    return new PrivateValue(agent.type(), agent.constant(actionOfAgent[i]));
  }

  private double outsideValue() {
    return 0 - environment.cost(idle);
  }

  /**
   * What is agreed at time 0.
   *
   * @param initialTypes one of every agent, inside its support
   * @throws IllegalArgumentException when one is not
   */
  public Subscription subscription(double... initialTypes) {
    environment.checkTypes(initialTypes);
    double d = environment.discount();
    bellwether.mechanisms.revenue.Subscription found =
        bellwether.mechanisms.revenue.Subscription.of(
            subscribers, initialTypes, d, outsideValue(), workers);
    int n = environment.size();
    double[] alpha = new double[n];
    double[][] beta = new double[n][environment.actions()];
    boolean[] included = new boolean[n];
    boolean[] active = new boolean[n];
    double[] slope = new double[n];
    double[] value = times(d, found.expectedValue());
    double[] wins = times(d, found.wins());
    for (int i = 0; i < n; i++) {
      SeparableAgent agent = environment.agent(i);
      VirtualWeight weight = agent.weight(initialTypes[i]);
      alpha[i] = weight.alpha();
      for (int a = 0; a < beta[i].length; a++) {
        beta[i][a] = weight.beta(agent.constant(a));
      }
      included[i] = weight.included();
      active[i] = found.active(i);
      if (active[i]) {
        slope[i] =
            agent.additive()
                ? agent.constant(actionOfAgent[i]) * wins[i]
                : value[i] / agent.type().function().value(initialTypes[i]);
      }
    }
    double welfare = d * found.welfare();
    return new Subscription(
        alpha,
        beta,
        included,
        active,
        times(d, found.expectedPayment()),
        times(d, found.upfront()),
        times(d, found.utility()),
        value,
        slope,
        welfare,
        1e-12 * Math.abs(welfare));
  }

  private static double[] times(double factor, double[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
    return values;
  }

  /** The expected profit, by one integral for any number of agents. */
  public ExpectedProfit expectedProfit() {
    double d = environment.discount();
    bellwether.mechanisms.revenue.ExpectedProfit found =
        bellwether.mechanisms.revenue.ExpectedProfit.of(subscribers, d, outsideValue(), workers);
    double profit = d * found.profit();
    double error = d * found.tolerance();
    return new ExpectedProfit(
        profit,
        profit,
        error,
        error,
        profit - error,
        profit + error,
        "productIntegral",
        found.evaluations(),
        0,
        0);
  }

  /**
   * The expected profit over draws of initial types.
   *
   * @see bellwether.mechanisms.revenue.SampledProfit#of
   */
  public ExpectedProfit sampledProfit(int draws, int shifts, long seed) {
    double d = environment.discount();
    bellwether.mechanisms.revenue.SampledProfit found =
        bellwether.mechanisms.revenue.SampledProfit.of(
            subscribers, d, outsideValue(), draws, shifts, seed, workers);
    return new ExpectedProfit(
        d * found.profit(),
        d * found.profit(),
        d * found.profitStandardError(),
        d * found.profitStandardError(),
        d * found.lower(),
        d * found.upper(),
        "quasiMonteCarlo",
        found.draws(),
        (int) found.draws(),
        shifts);
  }

  /**
   * What happens at reports of signals in a period of allocation.
   *
   * @param subscription what was agreed at these types
   * @param initialTypes one of every agent
   * @param signals one of every agent
   */
  public Allocation allocation(Subscription subscription, double[] initialTypes, int... signals) {
    double d = environment.discount();
    int n = environment.size();
    List<Contestant> contestants = new ArrayList<>();
    List<Terms> terms = new ArrayList<>();
    int[] place = new int[n];
    int[] agentAt = new int[n];
    for (int i = 0; i < n; i++) {
      place[i] = -1;
      if (subscription.included()[i]) {
        place[i] = contestants.size();
        agentAt[place[i]] = i;
        contestants.add(new Contestant(arms[i], signals[i], 1));
        Terms plain = value(i).terms(initialTypes[i]);
        AffineMap weight =
            new AffineMap(
                plain.weight().scale(),
                plain.weight().shift() - environment.cost(actionOfAgent[i]));
        terms.add(new Terms(plain.value(), weight));
      }
    }
    ArmAuction held =
        ArmAuction.hold(
            contestants,
            terms,
            d,
            outsideValue(),
            CurveOptions.DEFAULT,
            List.of(),
            kernels,
            workers);
    BanditAuction auction = Objects.requireNonNull(held.auction());
    double[] without = new double[n];
    double[] payments = new double[n];
    for (int i = 0; i < n; i++) {
      boolean in = place[i] >= 0;
      without[i] = in ? auction.welfare().welfareWithout(place[i]) : auction.welfare().welfare();
      payments[i] = in && subscription.active()[i] ? auction.payment(place[i]) : 0;
    }
    int action =
        held.winner().isPresent() ? actionOfAgent[agentAt[held.winner().getAsInt()]] : idle;
    return new Allocation(action, auction.welfare().welfare(), without, payments);
  }
}
