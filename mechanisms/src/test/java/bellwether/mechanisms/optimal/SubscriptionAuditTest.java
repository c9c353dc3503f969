package bellwether.mechanisms.optimal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bellwether.core.distribution.Uniform;
import bellwether.core.parallel.Workers;
import bellwether.mechanisms.efficient.DynamicMechanism;
import bellwether.mechanisms.efficient.Mechanism;
import bellwether.mechanisms.efficient.WelfareTables;
import bellwether.mechanisms.environment.Agent;
import bellwether.mechanisms.environment.Environment;
import bellwether.mechanisms.virtual.PrivateType;
import bellwether.mechanisms.virtual.Regularity;
import bellwether.mechanisms.virtual.TypeFunction;
import bellwether.mechanisms.virtual.Valuation;
import bellwether.mechanisms.virtual.VirtualWeight;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lies about initial types and about signals. */
class SubscriptionAuditTest {
  private static final int GRID = 5;

  private static VirtualPivot solve(SeparableEnvironment environment, double... types) {
    try (Workers workers = Workers.of(1)) {
      return new VirtualPivot(environment, types, 0, words -> {}, workers);
    }
  }

  /** d E W of the first period, by tables. */
  private static double welfare(SeparableEnvironment environment, double[] y, boolean[] counted) {
    try (Workers workers = Workers.of(1)) {
      Environment weighted = environment.weighted(y, counted);
      return environment.discount()
          * DynamicMechanism.of(WelfareTables.solve(weighted, workers), Mechanism.PIVOT)
              .expectedWelfare();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1,2,CONTROLLED,true",
    "2,2,BANDIT,false",
    "3,1,UNCONTROLLED,false",
    "4,3,BANDIT,true",
    "5,2,UNCONTROLLED,false",
    "6,1,CONTROLLED,false",
    "7,2,CONTROLLED,false"
  })
  void gainsAreThoseOfEveryLieTriedOut(
      long seed, int n, RandomSeparable.Moves moves, boolean regular) {
    SeparableEnvironment environment = RandomSeparable.of(seed, n, moves, regular);
    double[] types = RandomSeparable.types(environment, seed);
    SubscriptionAudit found =
        SubscriptionAudit.of(solve(environment, types), GRID, Double.NaN, Double.NaN);
    double gain = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      double[] grid =
          SubscriptionAudit.grid(environment.agent(i).type(), GRID, Double.NaN, Double.NaN);
      Subscription[] each = new Subscription[GRID];
      for (int r = 0; r < GRID; r++) {
        double[] at = types.clone();
        at[i] = grid[r];
        each[r] = solve(environment, at).subscription();
        least = Math.min(least, each[r].utility()[i]);
      }
      for (int r = 0; r < GRID; r++) {
        for (int k = 0; k < GRID; k++) {
          double lie = each[r].active()[i] ? lie(environment, types, i, grid[r], grid[k]) : 0;
          gain =
              Math.max(
                  gain,
                  lie - (each[r].active()[i] ? each[r].upfront()[i] : 0) - each[k].utility()[i]);
        }
      }
    }
    assertThat(found.maxIncentiveGain()).isCloseTo(gain, within(1e-8));
    assertThat(found.minUtility()).isCloseTo(least, within(1e-9));
  }

  /** What type x gets from period 1 on with the weights of the report. */
  private static double lie(
      SeparableEnvironment environment, double[] types, int i, double report, double x) {
    double[] at = types.clone();
    at[i] = report;
    VirtualWeight[] weights = environment.weights(at);
    boolean[] counted = new boolean[types.length];
    for (int j = 0; j < counted.length; j++) {
      counted[j] = weights[j].included();
    }
    double[] y = environment.effectiveWeights(at);
    SeparableAgent agent = environment.agent(i);
    double a = agent.type().function().value(x);
    y[i] = agent.additive() ? a + weights[i].betaPerUnit() : weights[i].alpha() * a;
    double with = welfare(environment, y, counted);
    counted[i] = false;
    return (with - welfare(environment, y, counted)) / weights[i].alpha();
  }

  @ParameterizedTest
  @CsvSource({
    "31,1,CONTROLLED",
    "32,2,BANDIT",
    "33,2,UNCONTROLLED",
    "34,3,CONTROLLED",
    "35,3,BANDIT",
    "36,3,UNCONTROLLED",
    "37,4,BANDIT",
    "38,2,CONTROLLED"
  })
  void truthIsBestWhereTheAssumptionsHold(long seed, int n, RandomSeparable.Moves moves) {
    SeparableEnvironment environment = RandomSeparable.of(seed, n, moves, true);
    for (SeparableAgent agent : environment.agents()) {
      assertThat(Regularity.of(agent.type()).assumptionsHold()).isTrue();
    }
    VirtualPivot pivot = solve(environment, RandomSeparable.types(environment, seed));
    SubscriptionAudit found = SubscriptionAudit.of(pivot, 21, Double.NaN, Double.NaN);
    assertThat(found.maxIncentiveGain()).isLessThanOrEqualTo(found.tolerance());
    assertThat(found.dominates()).isTrue();
    assertThat(found.minUtility()).isGreaterThanOrEqualTo(0);
    AllocationAudit periods = AllocationAudit.of(pivot, words -> {});
    assertThat(periods.maxIncentiveGain()).isLessThanOrEqualTo(periods.errorBound());
    assertThat(periods.maxMultiPeriodGain()).isLessThanOrEqualTo(4 * periods.errorBound());
    if (moves == RandomSeparable.Moves.UNCONTROLLED) {
      assertThat(periods.dominant()).isTrue();
      assertThat(periods.dominantGain()).isLessThanOrEqualTo(1e-8);
      assertThat(pivot.method()).isEqualTo("myopic");
    }
  }

  @Test
  void aGainIsFoundWhereAIsConvex() {
    Agent agent =
        Agent.uncontrolled(new double[][] {{0}, {0.2}}, new double[][] {{1}}).withInitial(1);
    PrivateType type =
        new PrivateType(new Uniform(0, 1), new TypeFunction.Power(3, 1), Valuation.ADDITIVE);
    assertThat(Regularity.of(type).assumptionsHold()).isFalse();
    SeparableEnvironment environment =
        new SeparableEnvironment(
            List.of(new SeparableAgent(type, agent, 0, 1)), new double[] {0, 0.05}, 0.9, 0);
    SubscriptionAudit found =
        SubscriptionAudit.of(solve(environment, 0.9), 41, Double.NaN, Double.NaN);
    assertThat(found.maxIncentiveGain()).isGreaterThan(0.1);
    assertThat(found.gainAgent()).isZero();
    assertThat(found.dominates()).isFalse();
    assertThat(found.leastDominance()).isBetween(-found.maxIncentiveGain(), -0.1);
  }

  @Test
  void aSupportWithoutAnEndIsLookedAtUpToAQuantile() {
    PrivateType type =
        new PrivateType(
            new bellwether.core.distribution.Exponential(2),
            new TypeFunction.Identity(),
            Valuation.MULTIPLICATIVE);
    double[] grid = SubscriptionAudit.grid(type, 3, Double.NaN, Double.NaN);
    assertThat(grid[2]).isCloseTo(Math.log(1000) / 2, within(1e-12));
    assertThat(SubscriptionAudit.grid(type, 3, 1, 5)).containsExactly(1, 3, 5);
  }
}
