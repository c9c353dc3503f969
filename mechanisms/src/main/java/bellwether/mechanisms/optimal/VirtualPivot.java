package bellwether.mechanisms.optimal;

import bellwether.core.parallel.Workers;
import bellwether.mechanisms.efficient.DynamicMechanism;
import bellwether.mechanisms.efficient.Mechanism;
import bellwether.mechanisms.efficient.Outcome;
import bellwether.mechanisms.efficient.WelfareTables;
import bellwether.mechanisms.environment.Environment;
import bellwether.mechanisms.environment.Solver;
import bellwether.mechanisms.environment.Structure;
import bellwether.mechanisms.virtual.VirtualWeight;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * The virtual-pivot mechanism at given initial types (Kakade, Lobel and Nazerzadeh 2013, Figure 2).
 *
 * <p>Reports of initial types fix weights alpha_i = 1 - h A' / A, beta_i = 0 for values A B, and
 * alpha_i = 1, beta_i = -h A' C for values A C + B. From then on it is the dynamic pivot mechanism
 * of the weighted welfare
 *
 * <p>W(s) = max_a sum_i (alpha_i v_i + beta_i[a]) - c[a] + d E W(s'),
 *
 * <p>with payments v_i - m_i / alpha_i, m_i the flow marginal contribution. At time 0 each agent is
 * asked for what makes its utility the information rent U_i of the envelope condition.
 *
 * <p>One thread at a time may use it.
 */
public final class VirtualPivot {
  private final SeparableEnvironment environment;
  private final double[] types;
  private final VirtualWeight[] weights;
  private final boolean[] included;
  private final double[] y;
  private final Workers workers;
  private final Consumer<String> progress;
  private final WelfareTables tables;
  private final DynamicMechanism mechanism;
  private final WeightedWelfare welfare;
  private final RentCurve[] curves;
  private final TypeSections[] sections;
  private final WelfareLine[] lines;
  private final Subscription subscription;

  /**
   * Solves the mechanism at reports of initial types.
   *
   * @param initialTypes one of every agent, inside its support
   * @param tolerance of the weighted welfare and all W_-i, or 0 for the default
   * @param progress hears how far it is
   * @throws IllegalArgumentException when a type is not in its support, or the environment too
   *     large
   * @throws ArithmeticException when a utility is infinite
   * @throws java.util.concurrent.CancellationException when the thread is interrupted
   */
  public VirtualPivot(
      SeparableEnvironment environment,
      double[] initialTypes,
      double tolerance,
      Consumer<String> progress,
      Workers workers) {
    environment.checkTypes(initialTypes);
    this.environment = environment;
    this.workers = workers;
    this.progress = progress;
    types = initialTypes.clone();
    weights = environment.weights(types);
    included = new boolean[types.length];
    for (int i = 0; i < types.length; i++) {
      included[i] = weights[i].included();
    }
    y = environment.effectiveWeights(types);
    Environment weighted = environment.weighted(y, included);
    Structure structure = Structure.of(weighted);
    Solver solver = structure.hasTables() ? tableSolver(structure) : structure.choose();
    if (solver == Solver.BANDIT) {
      throw new IllegalArgumentException(
          "the environment is too large: " + structure.refusal(Solver.PRODUCT));
    }
    tables =
        WelfareTables.solve(
            weighted,
            solver,
            tolerance > 0 ? tolerance : WelfareTables.defaultTolerance(weighted),
            progress,
            workers);
    mechanism = DynamicMechanism.of(tables, Mechanism.PIVOT);
    welfare = WeightedWelfare.of(environment, included, workers);
    curves = new RentCurve[types.length];
    sections = new TypeSections[types.length];
    lines = new WelfareLine[types.length];
    subscription = subscribe();
  }

  /** Tables have all that is needed here, also where arms would do. */
  private static Solver tableSolver(Structure structure) {
    Solver solver = structure.choose();
    return solver == Solver.BANDIT ? Solver.PRODUCT : solver;
  }

  private Subscription subscribe() {
    int n = types.length;
    double[] alpha = new double[n];
    double[][] beta = new double[n][environment.actions()];
    boolean[] active = new boolean[n];
    double[] expectedPayment = new double[n];
    double[] upfront = new double[n];
    double[] utility = new double[n];
    double[] expectedValue = new double[n];
    double[] slope = new double[n];
    double discount = environment.discount();
    double expected = discount * mechanism.expectedWelfare();
    double gap = discount * tables.gap();
    for (int i = 0; i < n; i++) {
      alpha[i] = weights[i].alpha();
      for (int a = 0; a < beta[i].length; a++) {
        beta[i][a] = weights[i].beta(environment.agent(i).constant(a));
      }
      if (!included[i]) {
        continue;
      }
      progress.accept(String.format(Locale.ROOT, "rents of agent %d", i));
      RentCurve curve = curve(i);
      double value = discount * mechanism.mean(value(i));
      double rent = curve.rent(types[i]);
      double payment = value - rent;
      double noise = gap + mechanism.evaluationGap() + 1e-12 * (Math.abs(value) + Math.abs(rent));
      active[i] = payment > noise;
      if (active[i]) {
        slope[i] = curve.slope(types[i]);
        expectedValue[i] = value;
        utility[i] = rent;
        expectedPayment[i] = payment;
        double later = discount * mechanism.mean(mechanism.marginalContributions(0, i));
        upfront[i] = later / alpha[i] - rent;
      }
    }
    return new Subscription(
        alpha,
        beta,
        included.clone(),
        active,
        expectedPayment,
        upfront,
        utility,
        expectedValue,
        slope,
        expected,
        gap + discount * mechanism.evaluationGap());
  }

  /** What agent i's real values are worth under the rule, by joint state of the first period. */
  private double[] value(int i) {
    SeparableAgent agent = environment.agent(i);
    return mechanism.evaluate(
        0,
        t -> {
          int[] action = tables.action(t);
          double[] flow = new double[action.length];
          for (int s = 0; s < flow.length; s++) {
            flow[s] = agent.value(types[i], action[s], tables.space().type(s, i));
          }
          return flow;
        },
        null);
  }

  /** The welfare as a function of agent i's weight, for all weights that its types may have. */
  WelfareLine line(int i) {
    WelfareLine known = lines[i];
    if (known != null) {
      return known;
    }
    TypeSections own = sections(i);
    WeightedWelfare here = welfare;
    if (!included[i]) {
      boolean[] with = included.clone();
      with[i] = true;
      here = WeightedWelfare.of(environment, with, workers);
    }
    double[] range = range(i, own);
    lines[i] = WelfareLine.of(here, i, y, range[0], range[1]);
    return lines[i];
  }

  /** The weights that reports may give, whatever the true type. */
  private double[] range(int i, TypeSections own) {
    SeparableAgent agent = environment.agent(i);
    double low = Math.min(0, own.lowest());
    double high = Math.max(0, own.highest());
    double bottom = agent.type().function().value(own.bottom());
    double peak = agent.type().function().value(own.top());
    if (agent.additive()) {
      // A type x that reports x' counts A(x) - h A'(x'), and h A'(x') = A(x') - y(x').
      low = Math.min(low, bottom - peak + low);
      high = Math.max(high, peak);
    } else {
      low = Math.min(low, Math.min(0, bottom));
      high = Math.max(high, peak);
    }
    double limit = 1e6 * (1 + Math.abs(peak) + largest(agent));
    return new double[] {Math.max(low, -limit), high};
  }

  private double largest(SeparableAgent agent) {
    double unit = 0;
    for (int a = 0; a < environment.actions(); a++) {
      for (int s = 0; s < agent.signals().types(); s++) {
        unit = Math.max(unit, Math.abs(agent.unit(a, s)));
      }
    }
    return unit == 0 ? 0 : tables.environment().largestFlow() / unit;
  }

  /** The sections of agent i's support. */
  TypeSections sections(int i) {
    if (sections[i] == null) {
      sections[i] = TypeSections.of(environment.agent(i).type());
    }
    return sections[i];
  }

  /** Rents of agent i, the others' initial types being those given. */
  RentCurve curve(int i) {
    if (curves[i] == null) {
      curves[i] = new RentCurve(environment.agent(i).type(), sections(i), line(i));
    }
    return curves[i];
  }

  /** Where it is solved. */
  public SeparableEnvironment environment() {
    return environment;
  }

  /** What is agreed at time 0. */
  public Subscription subscription() {
    return subscription;
  }

  /** The weighted welfare, solved; its period 0 is allocation period 1. */
  public WelfareTables tables() {
    return tables;
  }

  /** The dynamic pivot mechanism of the weighted welfare. */
  public DynamicMechanism weightedMechanism() {
    return mechanism;
  }

  /** How rules are found at other initial types: myopic, policyIteration or backwardInduction. */
  public String method() {
    return welfare.method();
  }

  /**
   * |d E W(s_1)| found twice, from the tables and from the rule's plane: how far they are apart.
   */
  public double residual() {
    return Math.abs(subscription.weightedWelfare() - welfare.at(y).value(y));
  }

  /**
   * What happens at reports of signals.
   *
   * @param period of allocation, from 1; 1 for an infinite horizon
   * @param signals one of every agent
   * @throws IllegalArgumentException when a signal does not exist
   */
  public Allocation allocation(int period, int... signals) {
    int[] profile = signals.clone();
    for (int i = 0; i < profile.length; i++) {
      profile[i] = included[i] ? signals[i] : 0;
    }
    Outcome outcome = mechanism.outcome(period - 1, 0, profile);
    double[] payments = new double[profile.length];
    for (int i = 0; i < payments.length; i++) {
      if (subscription.active()[i]) {
        payments[i] =
            environment.agent(i).value(types[i], outcome.action(), signals[i])
                - outcome.flowMarginalContribution()[i] / weights[i].alpha();
      }
    }
    return new Allocation(outcome.action(), outcome.welfare(), outcome.welfareWithout(), payments);
  }
}
