package bellwether.mechanisms.affine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bellwether.core.parallel.Workers;
import bellwether.mechanisms.efficient.DynamicMechanism;
import bellwether.mechanisms.efficient.Mechanism;
import bellwether.mechanisms.efficient.WelfareTables;
import bellwether.mechanisms.environment.Environment;
import bellwether.mechanisms.environment.Solver;
import java.util.stream.LongStream;
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
    AffineRule rule = RandomPrivate.rule(environment, seed, seed % 2 == 0);
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
}
