package bellwether.mechanisms.efficient;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bellwether.core.parallel.Workers;
import bellwether.mechanisms.environment.Environment;
import bellwether.mechanisms.environment.RandomEnvironments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeparableWelfareTest {
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void agreesWithTables(long seed) {
    Environment environment = RandomEnvironments.separable(seed);
    try (Workers workers = Workers.of(2)) {
      WelfareTables tables = WelfareTables.solve(environment, workers);
      BanditEnvironmentTest.assertAgree(
          environment, tables, new SeparableWelfare(environment, workers));
    }
  }

  @Test
  void whatDoesNotSeparateSaysWhy() {
    try (Workers workers = Workers.of(1)) {
      assertThatThrownBy(() -> new SeparableWelfare(RandomEnvironments.uncontrolled(2), workers))
          .hasMessage(
              "the objective does not separate: actions are no combinations of choices for each"
                  + " agent");
    }
  }
}
