package bellwether.mechanisms.revenue;

import bellwether.core.bandit.MarkovArm;
import bellwether.core.bandit.RandomArm;
import bellwether.core.bandit.RetirementSteps;
import bellwether.core.bandit.StateElimination;
import bellwether.core.distribution.Beta;
import bellwether.core.distribution.Distribution;
import bellwether.core.distribution.Exponential;
import bellwether.core.distribution.Kumaraswamy;
import bellwether.core.distribution.Power;
import bellwether.core.distribution.Uniform;
import bellwether.core.kernel.ScalarKernels;
import bellwether.core.parallel.Workers;
import bellwether.mechanisms.virtual.PrivateType;
import bellwether.mechanisms.virtual.TypeFunction;
import bellwether.mechanisms.virtual.Valuation;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Bidders of tests. */
final class RandomSubscribers {
  private static final List<Distribution> LAWS =
      List.of(
          new Uniform(0, 1),
          new Power(2),
          new Beta(2, 2),
          new Kumaraswamy(2, 1.5),
          new Uniform(0.5, 2),
          new Exponential(2));

  private RandomSubscribers() {}

  /** Multiplicative on [0, 1]. */
  static PrivateValue uniform() {
    return value(new Uniform(0, 1), Valuation.MULTIPLICATIVE, 1);
  }

  static PrivateValue value(Distribution law, Valuation valuation, double constant) {
    return new PrivateValue(new PrivateType(law, new TypeFunction.Identity(), valuation), constant);
  }

  /** A small arm, its state known or drawn. */
  static RetirementSteps steps(MarkovArm arm, double[] law, double discount) {
    try (Workers workers = Workers.of(1)) {
      return SubscriberArms.average(
          StateElimination.of(arm, discount, ScalarKernels.INSTANCE, workers),
          law,
          ScalarKernels.INSTANCE);
    }
  }

  /** Rows of a transition matrix one after the other. */
  static MarkovArm arm(double[] rewards, double... transition) {
    return MarkovArm.of(rewards, transition);
  }

  /** Bidders with dense arms of some states and laws of all sorts. */
  static List<Subscriber> of(RandomGenerator random, int bidders, int states, double discount) {
    List<Subscriber> all = new ArrayList<>();
    for (int i = 0; i < bidders; i++) {
      boolean multiplicative = random.nextBoolean();
      PrivateValue value =
          value(
              LAWS.get(random.nextInt(LAWS.size())),
              multiplicative ? Valuation.MULTIPLICATIVE : Valuation.ADDITIVE,
              0.2 + random.nextDouble());
      double cost = random.nextBoolean() ? 0 : 0.2 * random.nextDouble();
      all.add(new Subscriber(steps(random, states, discount), value, cost));
    }
    return all;
  }

  private static RetirementSteps steps(RandomGenerator random, int states, double discount) {
    RandomArm arm = new RandomArm(states, random.nextInt(1000));
    try (Workers workers = Workers.of(1)) {
      return StateElimination.of(arm, discount, ScalarKernels.INSTANCE, workers)
          .retirementSteps(new int[] {random.nextInt(states)}, ScalarKernels.INSTANCE)[0];
    }
  }

  /** Types in the upper part of each law. */
  static double[] types(RandomGenerator random, List<Subscriber> bidders) {
    return bidders.stream()
        .mapToDouble(
            b -> b.value().type().distribution().quantile(0.3 + 0.69 * random.nextDouble()))
        .toArray();
  }
}
