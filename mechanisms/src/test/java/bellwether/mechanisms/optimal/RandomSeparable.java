package bellwether.mechanisms.optimal;

import bellwether.core.distribution.Beta;
import bellwether.core.distribution.Distribution;
import bellwether.core.distribution.Exponential;
import bellwether.core.distribution.Kumaraswamy;
import bellwether.core.distribution.Power;
import bellwether.core.distribution.Uniform;
import bellwether.core.mdp.TypeTransition;
import bellwether.mechanisms.environment.Agent;
import bellwether.mechanisms.virtual.PrivateType;
import bellwether.mechanisms.virtual.TypeFunction;
import bellwether.mechanisms.virtual.Valuation;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Small random separable environments by seed. */
final class RandomSeparable {
  /** How signals move. */
  enum Moves {
    CONTROLLED,
    UNCONTROLLED,
    BANDIT
  }

  private RandomSeparable() {}

  /**
   * An environment.
   *
   * @param regular whether distributions have increasing hazard rates and A is concave, so that
   *     Assumptions 4.1 and 4.2 of the paper hold
   */
  static SeparableEnvironment of(long seed, int agents, Moves moves, boolean regular) {
    SplittableRandom random = new SplittableRandom(seed);
    int actions = moves == Moves.BANDIT ? agents + 1 : 2 + random.nextInt(2);
    List<SeparableAgent> all = new ArrayList<>();
    for (int i = 0; i < agents; i++) {
      boolean additive = random.nextBoolean();
      int signals = 1 + random.nextInt(3);
      double[][] value = new double[actions][signals];
      double[] constant = new double[additive ? actions : 0];
      double[][] own = law(signals, random);
      TypeTransition[] transition = new TypeTransition[actions];
      for (int a = 0; a < actions; a++) {
        boolean served = a > 0 && (moves != Moves.BANDIT || a == i + 1);
        transition[a] =
            switch (moves) {
              case UNCONTROLLED -> TypeTransition.dense(own);
              case CONTROLLED -> TypeTransition.dense(law(signals, random));
              case BANDIT ->
                  served
                      ? TypeTransition.dense(law(signals, random))
                      : TypeTransition.stay(signals);
            };
        if (served) {
          value[a] = random.doubles(signals, additive ? -0.2 : 0, 1).toArray();
          if (additive) {
            constant[a] = random.nextDouble();
          }
        }
      }
      PrivateType type =
          new PrivateType(
              distribution(random, regular),
              function(random, regular),
              additive ? Valuation.ADDITIVE : Valuation.MULTIPLICATIVE);
      Agent agent = Agent.of(value, transition).withInitial(law(signals, random)[0]);
      all.add(new SeparableAgent(type, agent, constant));
    }
    double[] cost = random.doubles(actions, 0, 0.3).toArray();
    cost[0] = 0;
    int horizon = random.nextInt(3) == 0 ? 1 + random.nextInt(4) : 0;
    return new SeparableEnvironment(all, cost, 0.3 + 0.5 * random.nextDouble(), horizon);
  }

  private static Distribution distribution(SplittableRandom random, boolean regular) {
    return switch (random.nextInt(5)) {
      case 0 -> new Uniform(0, 1);
      case 1 -> new Uniform(0.5, 2);
      case 2 -> regular ? new Power(2) : new Power(0.5);
      case 3 -> regular ? new Kumaraswamy(2, 1.5) : new Exponential(1.5);
      default -> regular ? new Beta(2, 2) : new Beta(0.5, 0.7);
    };
  }

  private static TypeFunction function(SplittableRandom random, boolean regular) {
    return switch (random.nextInt(4)) {
      case 0 -> new TypeFunction.Identity();
      case 1 -> new TypeFunction.Affine(0.2, 1.3);
      case 2 -> new TypeFunction.Log1p(2);
      default -> new TypeFunction.Power(regular ? 0.7 : 2, 1.2);
    };
  }

  private static double[][] law(int types, SplittableRandom random) {
    double[][] rows = new double[types][];
    for (int t = 0; t < types; t++) {
      double[] row = random.doubles(types, 0.05, 1).toArray();
      double sum = 0;
      for (double p : row) {
        sum += p;
      }
      for (int u = 0; u < types; u++) {
        row[u] /= sum;
      }
      rows[t] = row;
    }
    return rows;
  }

  /** Initial types in the upper part of the supports. */
  static double[] types(SeparableEnvironment environment, long seed) {
    SplittableRandom random = new SplittableRandom(seed + 77);
    double[] types = new double[environment.size()];
    for (int i = 0; i < types.length; i++) {
      types[i] =
          environment.agent(i).type().distribution().quantile(0.4 + 0.59 * random.nextDouble());
    }
    return types;
  }

  /** The buyer of the paper's section 5.1: s0 uniform, B constant, one item a period. */
  static SeparableEnvironment constantBuyer(double discount, double b, double cost) {
    Agent agent =
        Agent.uncontrolled(new double[][] {{0}, {b}}, new double[][] {{1}}).withInitial(1);
    PrivateType type =
        new PrivateType(new Uniform(0, 1), new TypeFunction.Identity(), Valuation.MULTIPLICATIVE);
    return new SeparableEnvironment(
        List.of(new SeparableAgent(type, agent)), new double[] {0, cost}, discount, 0);
  }
}
