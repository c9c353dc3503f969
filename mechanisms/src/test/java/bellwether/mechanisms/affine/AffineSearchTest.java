package bellwether.mechanisms.affine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bellwether.core.parallel.Workers;
import bellwether.mechanisms.environment.Agent;
import bellwether.mechanisms.environment.Environment;
import bellwether.mechanisms.environment.PhysicalStates;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The search where the best affine maximizer is known, and where it is not. */
class AffineSearchTest {
  private static AffineSearch.Found search(
      PrivateEnvironment environment, SearchOptions options, int threads) {
    try (Workers workers = Workers.of(threads)) {
      return AffineSearch.run(environment, options, words -> {}, workers);
    }
  }

  private static double revenue(PrivateEnvironment environment, AffineRule rule) {
    try (Workers workers = Workers.of(1)) {
      return new AffineEvaluator(environment, Combinations.all(environment), workers)
          .evaluate(rule)
          .mean(Objective.REVENUE);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void postedPriceIsTheBoostOfKeeping(long seed) {
    // Of prices m/10 to a value that is uniform on 1/10..1, 0.5 and 0.6 sell best: 0.3.
    PrivateEnvironment sale =
        Sales.auction(new double[][] {Sales.grid(10, 1)}, new double[][] {Sales.uniform(10)});
    AffineSearch.Found found =
        search(sale, SearchOptions.DEFAULT.withBudget(400).withSeed(seed), 1);
    assertThat(found.value().estimate(Objective.REVENUE).value()).isCloseTo(0.3, within(1e-6));
    assertThat(found.value().estimate(Objective.REVENUE).standardError()).isZero();
    assertThat(found.pivot().mean(Objective.REVENUE)).isZero();
    assertThat(found.rule().weight(0)).isEqualTo(1);
    double price = found.rule().boost(0, 0);
    assertThat(Math.min(Math.abs(price - 0.5), Math.abs(price - 0.6))).isLessThan(1e-5);
    assertThat(found.rule().boost(0, 1)).isZero();
  }

  @Test
  void aPriceThatStandsForEverIsABoostEveryPeriod() {
    // The object may be kept for ever: boost b a period makes a price of b / (1 - 0.9).
    Agent buyer = Agent.uncontrolled(new double[2][1], new double[][] {{1}});
    Environment base =
        Environment.builder(List.of(buyer), 0.9)
            .physical(PhysicalStates.of(0, new int[][] {{0, 1}, {1, -1}}))
            .build();
    PrivateEnvironment sale =
        PrivateEnvironment.of(
            base, List.of(Sales.bidder(1, 2, Sales.grid(10, 1), Sales.uniform(10))));
    AffineSearch.Found found =
        search(sale, SearchOptions.DEFAULT.withBoosts(Boosts.STATE_ACTION).withBudget(1500), 1);
    assertThat(found.value().mean(Objective.REVENUE)).isCloseTo(0.3, within(1e-5));
  }

  @Test
  void equalBiddersGetMyersonsReserve() {
    // Values 1/60..1: no affine maximizer earns more than E max(0, virtual values); with weights 1
    // the best reserve is half the largest value.
    double[][] values = {Sales.grid(60, 1), Sales.grid(60, 1)};
    double[][] laws = {Sales.uniform(60), Sales.uniform(60)};
    PrivateEnvironment sale = Sales.auction(values, laws);
    AffineSearch.Found found =
        search(sale, SearchOptions.DEFAULT.withDraws(3600, 3600).withBudget(8000), 2);
    double known =
        revenue(sale, AffineRule.of(new double[] {1, 1}, new double[] {31 / 60.0 - 1e-6, 0, 0}));
    double earned = found.value().mean(Objective.REVENUE);
    assertThat(earned).isBetween(0.999 * known, Sales.optimum(values, laws));
    assertThat(found.rule().boost(0, 0)).isCloseTo(0.5, within(0.04));
    double ratio = found.rule().weight(0) / found.rule().weight(1);
    assertThat(ratio).isBetween(0.8, 1.25);
  }

  @Test
  void differentBiddersGetTheirVirtualWeights() {
    // v - (1 - v) = 2 v - 1 against v - (2 - v) / 3 = (4 v - 2) / 3: weights 1 and 2/3, boosts
    // 0, 0.167 and 0.5 of bidder 1, bidder 2 and keeping, but for the grids of 60 values.
    double[][] values = {Sales.grid(60, 1), Sales.grid(60, 2)};
    double[][] laws = {Sales.uniform(60), Sales.affineVirtual(60, 3)};
    PrivateEnvironment sale = Sales.auction(values, laws);
    AffineSearch.Found found =
        search(sale, SearchOptions.DEFAULT.withDraws(3600, 3600).withBudget(8000), 2);
    double virtual =
        revenue(
            sale, AffineRule.of(new double[] {1, 2 / 3.0}, new double[] {0.5 - 1e-7, 0, 1 / 6.0}));
    double earned = found.value().mean(Objective.REVENUE);
    assertThat(earned).isBetween(0.999 * virtual, Sales.optimum(values, laws));
    assertThat(found.rule().weight(1) / found.rule().weight(0)).isCloseTo(2 / 3.0, within(0.17));
    assertThat((found.rule().boost(0, 0) - found.rule().boost(0, 1)) / found.rule().weight(0))
        .isCloseTo(0.5, within(0.05));
  }

  @Test
  void noLatticeOfRulesHasABetterOne() {
    double[][] values = {{1, 2, 4}, {1.5, 3}};
    double[][] laws = {{0.5, 0.3, 0.2}, {0.6, 0.4}};
    PrivateEnvironment sale = Sales.auction(values, laws);
    double best = 0;
    try (Workers workers = Workers.of(1)) {
      AffineEvaluator evaluator = new AffineEvaluator(sale, Combinations.all(sale), workers);
      for (double w = 0.1; w < 10; w *= 1.15) {
        for (double keep = 0; keep <= 6; keep += 0.12499) {
          for (double one = -4; one <= 4; one += 0.12499) {
            AffineRule rule = AffineRule.of(new double[] {1, w}, new double[] {keep, one, 0});
            best = Math.max(best, evaluator.evaluate(rule).mean(Objective.REVENUE));
          }
        }
      }
    }
    AffineSearch.Found found = search(sale, SearchOptions.DEFAULT.withBudget(40_000), 1);
    assertThat(found.value().mean(Objective.REVENUE)).isGreaterThanOrEqualTo(best - 1e-9);
  }

  @ParameterizedTest
  @EnumSource(Boosts.class)
  void sequentialSalesEarnMoreThanThePivotMechanism(Boosts boosts) {
    double[][] values = {Sales.grid(10, 1), Sales.grid(10, 0.5), Sales.grid(10, 1 / 3.0)};
    PrivateEnvironment sale = Sales.sequence(3, 2, 0.9, values);
    SearchOptions options = SearchOptions.DEFAULT.withBoosts(boosts).withDraws(500, 900);
    AffineSearch.Found found = search(sale, options, 2);
    Mean gain = found.value().gainOver(found.pivot(), Objective.REVENUE);
    assertThat(gain.standardError()).isPositive();
    // Five standard errors above 0, and the truth within five of what was found.
    assertThat(gain.value()).isGreaterThan(5 * gain.standardError());
    double truth = revenue(sale, found.rule()) - revenue(sale, AffineRule.pivot(3, 4));
    assertThat(gain.value()).isCloseTo(truth, within(5 * gain.standardError()));
    assertThat(found.evaluations()).isLessThanOrEqualTo(options.budget());
    assertThat(found.history().getLast().value()).isCloseTo(found.searchValue(), within(1e-8));
  }

  @Test
  void welfareIsBestUnderThePivotMechanism() {
    double[][] values = {Sales.grid(5, 1), Sales.grid(5, 1), Sales.grid(5, 2)};
    PrivateEnvironment sale = Sales.sequence(3, 2, 0.9, values);
    AffineSearch.Found found =
        search(sale, SearchOptions.DEFAULT.withObjective(Objective.WELFARE).withBudget(500), 2);
    assertThat(found.value().mean(Objective.WELFARE))
        .isCloseTo(found.pivot().mean(Objective.WELFARE), within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.2, 0.5, 0.8})
  void mixturesLieBetween(double revenueWeight) {
    double[][] values = {Sales.grid(6, 1), Sales.grid(6, 1)};
    PrivateEnvironment sale = Sales.sequence(2, 1, 0.5, values);
    AffineSearch.Found found =
        search(
            sale,
            SearchOptions.DEFAULT.withObjective(Objective.mix(revenueWeight)).withBudget(800),
            1);
    double revenue = found.value().mean(Objective.REVENUE);
    double welfare = found.value().mean(Objective.WELFARE);
    assertThat(found.value().mean(Objective.mix(revenueWeight)))
        .isCloseTo(revenueWeight * revenue + (1 - revenueWeight) * welfare, within(1e-12));
    assertThat(revenue).isLessThanOrEqualTo(welfare);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3, 4, 5})
  void threadsDoNotChangeWhatIsFound(long seed) {
    PrivateEnvironment environment = RandomPrivate.environment(seed);
    SearchOptions options =
        SearchOptions.DEFAULT
            .withBoosts(seed % 2 == 0 ? Boosts.STATE_ACTION : Boosts.ACTION)
            .withBudget(200)
            .withDraws(7, 11)
            .withSeed(seed);
    AffineSearch.Found one = search(environment, options, 1);
    AffineSearch.Found three = search(environment, options, 3);
    assertThat(three.rule().weights()).isEqualTo(one.rule().weights());
    assertThat(three.rule().boosts()).isDeepEqualTo(one.rule().boosts());
    assertThat(three.value().utility()).isDeepEqualTo(one.value().utility());
    assertThat(three.history()).isEqualTo(one.history());
  }
}
