package bellwether.mechanisms.affine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bellwether.core.parallel.Workers;
import bellwether.mechanisms.efficient.DynamicMechanism;
import bellwether.mechanisms.efficient.Mechanism;
import bellwether.mechanisms.efficient.WelfareTables;
import bellwether.mechanisms.environment.Agent;
import bellwether.mechanisms.environment.Environment;
import bellwether.mechanisms.environment.Solver;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values of rules against the pivot mechanism of the environment whose types hold everything. */
class AffineEvaluatorTest {
  static LongStream seeds() {
    return LongStream.range(0, 60);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void valuesAreThoseOfThePivotMechanismOfTheWeightedEnvironment(long seed) {
    PrivateEnvironment environment = RandomPrivate.environment(seed);
    valuesAreThoseOf(environment, RandomPrivate.rule(environment, seed, seed % 2 == 0));
  }

  private static void valuesAreThoseOf(PrivateEnvironment environment, AffineRule rule) {
    try (Workers workers = Workers.of(2)) {
      RuleValue value =
          new AffineEvaluator(environment, Combinations.all(environment), workers).evaluate(rule);
      Environment weighted = environment.weighted(rule);
      WelfareTables tables =
          WelfareTables.solve(
              weighted,
              Solver.PRODUCT,
              WelfareTables.defaultTolerance(weighted),
              words -> {},
              workers);
      DynamicMechanism pivot = DynamicMechanism.of(tables, Mechanism.PIVOT);
      double sum = 0;
      double payments = 0;
      for (int i = 0; i < environment.size(); i++) {
        double weight = rule.weight(i);
        assertThat(value.utility(i).value())
            .isCloseTo(pivot.expectedUtility(i) / weight, within(1e-8));
        sum += pivot.mean(pivot.ownValue(0, i)) / weight;
        payments += pivot.expectedPayment(i) / weight;
      }
      assertThat(value.mean(new Objective(0, 1, 0))).isCloseTo(sum, within(1e-8));
      assertThat(value.mean(Objective.REVENUE)).isCloseTo(payments, within(1e-8));
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void weightsHaveNoScale(long seed) {
    PrivateEnvironment environment = RandomPrivate.environment(seed);
    AffineRule rule = RandomPrivate.rule(environment, seed, seed % 2 == 0);
    double factor = 0.25 + seed / 7.0;
    double[] weight = rule.weights();
    for (int i = 0; i < weight.length; i++) {
      weight[i] *= factor;
    }
    double[][] boost = rule.boosts();
    for (double[] row : boost) {
      for (int a = 0; a < row.length; a++) {
        double designer = environment.base().designerValue(a);
        // A constant for all actions changes nothing either.
        row[a] = factor * (row[a] + designer) - designer + 0.75;
      }
    }
    try (Workers workers = Workers.of(1)) {
      AffineEvaluator evaluator =
          new AffineEvaluator(environment, Combinations.all(environment), workers);
      RuleValue one = evaluator.evaluate(rule);
      RuleValue two = evaluator.evaluate(AffineRule.of(weight, boost));
      for (int i = 0; i < weight.length; i++) {
        assertThat(two.utility(i).value()).isCloseTo(one.utility(i).value(), within(1e-9));
      }
      assertThat(two.mean(Objective.REVENUE)).isCloseTo(one.mean(Objective.REVENUE), within(1e-9));
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void neitherThreadsNorNeighboursChangeBits(long seed) {
    PrivateEnvironment environment = RandomPrivate.environment(seed);
    AffineRule rule = RandomPrivate.rule(environment, seed, seed % 2 == 0);
    Combinations all = Combinations.all(environment);
    Combinations some = Combinations.drawn(environment, 3, seed, 0);
    try (Workers one = Workers.of(1);
        Workers four = Workers.of(4)) {
      RuleValue whole = new AffineEvaluator(environment, all, one).evaluate(rule);
      assertThat(new AffineEvaluator(environment, all, four).evaluate(rule).utility())
          .isDeepEqualTo(whole.utility());
      RuleValue part = new AffineEvaluator(environment, some, four).evaluate(rule);
      for (int c = 0; c < some.count(); c++) {
        int same = 0;
        while (!same(all, same, some, c, environment.size())) {
          same++;
        }
        assertThat(part.values()[c]).isEqualTo(whole.values()[same]);
        assertThat(part.payments(c)).isEqualTo(whole.payments(same));
      }
    }
  }

  private static boolean same(Combinations a, int c, Combinations b, int d, int agents) {
    for (int i = 0; i < agents; i++) {
      if (a.alternative(i, c) != b.alternative(i, d)) {
        return false;
      }
    }
    return true;
  }

  @Test
  void manyStatesThatLeadBackAreIterated() {
    // 125 joint states that reach each other, more than equations are eliminated for.
    SplittableRandom random = new SplittableRandom(5);
    List<Agent> agents = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      double[][][] transition = new double[3][5][5];
      for (double[][] matrix : transition) {
        for (double[] row : matrix) {
          for (int t = 0; t < 5; t++) {
            row[t] = 0.04 + 0.16 * random.nextDouble();
          }
          double sum = java.util.Arrays.stream(row).sum();
          for (int t = 0; t < 5; t++) {
            row[t] /= sum;
          }
        }
      }
      agents.add(Agent.of(new double[3][5], transition).withInitial(0.2, 0.2, 0.2, 0.2, 0.2));
    }
    Environment base = Environment.builder(agents, 0.95).designerValue(0.1, 0, -0.2).build();
    List<Alternatives> alternatives = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      double[][][] value = new double[2][3][];
      for (double[][] table : value) {
        java.util.Arrays.setAll(table, a -> random.doubles(5, -0.5, 1).toArray());
      }
      alternatives.add(Alternatives.of(value, 0.25, 0.75));
    }
    PrivateEnvironment environment = PrivateEnvironment.of(base, alternatives);
    AffineRule rule = RandomPrivate.rule(environment, 3, false);
    valuesAreThoseOf(environment, rule);
    // A combination alone has the same bits.
    try (Workers workers = Workers.of(1)) {
      RuleValue whole =
          new AffineEvaluator(environment, Combinations.all(environment), workers).evaluate(rule);
      PrivateEnvironment alone =
          environment.only(List.of(new int[] {1}, new int[] {0}, new int[] {1}));
      RuleValue one = new AffineEvaluator(alone, Combinations.all(alone), workers).evaluate(rule);
      assertThat(one.values()[0]).isEqualTo(whole.values()[5]);
      assertThat(one.utility()[2][0]).isEqualTo(whole.utility()[2][5]);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void samplesHaveHonestErrors(long seed) {
    // Each within 5 standard errors: all 60 fail with a probability below 1e-4 together.
    double[][] values = {Sales.grid(9, 1), Sales.grid(8, 2), Sales.grid(7, 1)};
    PrivateEnvironment sale = Sales.sequence(3, 2, 0.8, values);
    AffineRule rule = AffineRule.of(new double[] {1, 0.6, 1.1}, new double[] {0.4, 0.1, 0.1, 0});
    AffineRule pivot = AffineRule.pivot(3, 4);
    try (Workers workers = Workers.of(1)) {
      AffineEvaluator exact = new AffineEvaluator(sale, Combinations.all(sale), workers);
      double truth =
          exact.evaluate(rule).gainOver(exact.evaluate(pivot), Objective.REVENUE).value();
      AffineEvaluator sampled =
          new AffineEvaluator(sale, Combinations.drawn(sale, 400, seed, 1), workers);
      Mean gain = sampled.evaluate(rule).gainOver(sampled.evaluate(pivot), Objective.REVENUE);
      assertThat(gain.value()).isCloseTo(truth, within(5 * gain.standardError()));
      assertThat(gain.standardError()).isBetween(1e-3, 0.05);
    }
  }
}
