package bellwether.mechanisms.optimal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bellwether.core.parallel.Workers;
import bellwether.mechanisms.efficient.BruteForce;
import bellwether.mechanisms.environment.Environment;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The weighted welfare as a function of weights: planes, lines, occupations, sections. */
class WeightedWelfareTest {
  private static boolean[] all(int n) {
    boolean[] all = new boolean[n];
    Arrays.fill(all, true);
    return all;
  }

  @ParameterizedTest
  @CsvSource({
    "1,1,CONTROLLED",
    "2,2,BANDIT",
    "3,2,UNCONTROLLED",
    "4,3,CONTROLLED",
    "5,3,BANDIT",
    "6,3,UNCONTROLLED"
  })
  void planesSupportTheBruteForceWelfare(long seed, int n, RandomSeparable.Moves moves) {
    SeparableEnvironment environment = RandomSeparable.of(seed, n, moves, false);
    SplittableRandom random = new SplittableRandom(seed);
    try (Workers workers = Workers.of(1)) {
      WeightedWelfare welfare = WeightedWelfare.of(environment, all(n), workers);
      Plane before = welfare.at(random.doubles(n, -1, 2).toArray());
      for (int k = 0; k < 8; k++) {
        double[] y = random.doubles(n, -1, 2).toArray();
        Plane plane = welfare.at(y);
        assertThat(plane.value(y)).isCloseTo(bruteForce(environment, y), within(1e-9));
        assertThat(before.value(y)).isLessThanOrEqualTo(plane.value(y) + 1e-9);
        before = plane;
      }
    }
  }

  private static double bruteForce(SeparableEnvironment environment, double[] y) {
    Environment weighted = environment.weighted(y, all(y.length));
    BruteForce force = new BruteForce(weighted);
    double sum = 0;
    for (int s = 0; s < force.space.states(); s++) {
      double p = 1;
      for (int i = 0; i < y.length; i++) {
        double[] law = weighted.agent(i).initial();
        p *= law == null ? 0 : law[force.space.type(s, i)];
      }
      sum += p * force.welfare[0][s];
    }
    return environment.discount() * sum;
  }

  @ParameterizedTest
  @CsvSource({"1,1,CONTROLLED", "2,2,BANDIT", "3,2,UNCONTROLLED", "4,3,CONTROLLED", "5,3,BANDIT"})
  void linesAreTheWelfareBetweenAllTheirBreakpoints(long seed, int n, RandomSeparable.Moves moves) {
    SeparableEnvironment environment = RandomSeparable.of(seed, n, moves, false);
    SplittableRandom random = new SplittableRandom(seed);
    try (Workers workers = Workers.of(1)) {
      WeightedWelfare welfare = WeightedWelfare.of(environment, all(n), workers);
      double[] y = random.doubles(n, 0, 2).toArray();
      WelfareLine line = WelfareLine.of(welfare, 0, y, -2, 3);
      assertThat(line.breakpoints()).isSorted();
      for (int k = 0; k < line.breakpoints().length; k++) {
        assertThat(line.plane(k + 1).slope()[0]).isGreaterThan(line.plane(k).slope()[0]);
      }
      for (int k = 0; k < 40; k++) {
        y[0] = -2 + 5 * random.nextDouble();
        assertThat(line.value(y[0])).isCloseTo(welfare.at(y).value(y), within(1e-9));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1,2,0", "2,3,1", "3,2,6", "4,1,7", "5,2,8", "6,3,0"})
  void occupationsAreDiscountedSumsOfLaws(long seed, int n, int horizon) {
    SeparableEnvironment drawn =
        RandomSeparable.of(seed, n, RandomSeparable.Moves.UNCONTROLLED, true);
    SeparableEnvironment environment =
        new SeparableEnvironment(
            drawn.agents(), new double[drawn.actions()], drawn.discount(), horizon);
    Environment weighted = environment.weighted(new double[n], all(n));
    BruteForce force = new BruteForce(weighted);
    double[] law = new WeightedFlows(environment, all(n), weighted).first();
    double[] expected = new double[law.length];
    double[] found = Occupation.of(weighted, law);
    double power = 1;
    for (int t = 0; t < (horizon == 0 ? 200 : horizon); t++) {
      power *= environment.discount();
      double[] next = new double[law.length];
      for (int s = 0; s < law.length; s++) {
        expected[s] += power * law[s];
        for (int u = 0; u < law.length; u++) {
          double[] one = new double[law.length];
          one[u] = 1;
          next[u] += law[s] * force.expect(one, s, 0);
        }
      }
      law = next;
    }
    for (int s = 0; s < expected.length; s++) {
      assertThat(found[s]).isCloseTo(expected[s], within(1e-13));
    }
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "3", "4", "5", "6", "7", "8"})
  void weightsAreMonotoneOnSectionsThatCoverTheSupport(long seed) {
    SeparableEnvironment environment =
        RandomSeparable.of(seed, 3, RandomSeparable.Moves.BANDIT, false);
    for (SeparableAgent agent : environment.agents()) {
      TypeSections sections = TypeSections.of(agent.type());
      double at = sections.bottom();
      for (TypeSections.Section section : sections.all()) {
        assertThat(section.from()).isEqualTo(at);
        at = section.to();
        double before = section.rising() ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        // Subnormal numbers are too coarse for the types at the very end.
        for (int k = 1; k < 50 && at > 1e-300; k++) {
          double z = section.from() + (section.to() - section.from()) * (k / 50.0);
          assertThat(agent.weight(z).included()).isEqualTo(section.included());
          double y = agent.effectiveWeight(z);
          assertThat(section.rising() ? y >= before : y <= before).as("%s", section).isTrue();
          before = y;
        }
      }
      assertThat(at).isEqualTo(sections.top());
    }
  }
}
