package bellwether.mechanisms.joint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bellwether.core.parallel.Workers;
import bellwether.mechanisms.efficient.BruteForce;
import bellwether.mechanisms.environment.Agent;
import bellwether.mechanisms.environment.Environment;
import bellwether.mechanisms.environment.RandomEnvironments;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyEvaluationTest {
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void expectationsAreSumsOverSuccessors(long seed) {
    Environment environment = RandomEnvironments.any(seed);
    BruteForce brute = new BruteForce(environment);
    SplittableRandom random = new SplittableRandom(seed);
    double[] f = random.doubles(brute.space.states(), -1, 1).toArray();
    double[] copy = f.clone();
    try (Workers workers = Workers.of(2)) {
      TypeTensor tensor = TypeTensor.all(environment, workers);
      double[][] room = new double[2][tensor.length()];
      for (int a = 0; a < environment.actions(); a++) {
        double[] found = tensor.expect(a, f, room);
        for (int s = 0; s < f.length; s++) {
          if (brute.feasible(s, a)) {
            assertThat(found[s]).isCloseTo(brute.expect(f, s, a), within(1e-13));
            int[] types = brute.space.profile(s);
            int next = environment.physical().next(brute.space.physical(s), a);
            assertThat(tensor.mean(next, tensor.nextLaw(a, types), f))
                .isCloseTo(found[s], within(1e-13));
          }
        }
        assertThat(f).isEqualTo(copy);
      }
    }
  }

  /** Large agents, so that blocks and pieces have edges. */
  @Test
  void longRowsAndManyPieces() {
    SplittableRandom random = new SplittableRandom(3);
    Agent one = agent(41, random);
    Agent two = agent(53, random);
    Agent three = agent(37, random);
    Environment environment = Environment.of(List.of(one, two, three), 0.5);
    double[] f = random.doubles(41 * 53 * 37, -1, 1).toArray();
    try (Workers workers = Workers.of(2)) {
      TypeTensor tensor = TypeTensor.all(environment, workers);
      double[] found = tensor.expect(0, f, new double[2][f.length]);
      ProfileSpace space = new ProfileSpace(environment);
      for (int s = 0; s < f.length; s += 997) {
        double[][] law = tensor.nextLaw(0, space.profile(s));
        assertThat(found[s]).isCloseTo(tensor.mean(0, law, f), within(1e-13));
      }
    }
  }

  private static Agent agent(int types, SplittableRandom random) {
    double[][] transition = new double[types][types];
    for (double[] row : transition) {
      double sum = 0;
      for (int t = 0; t < types; t++) {
        row[t] = random.nextInt(3) == 0 ? random.nextDouble() : 0;
        sum += row[t];
      }
      row[0] += 1;
      for (int t = 0; t < types; t++) {
        row[t] /= sum + 1;
      }
    }
    return Agent.uncontrolled(new double[1][types], transition);
  }

  /**
   * Types that hardly move, discount 0.9999: sweeps alone would take 200,000. Of a flow that
   * depends on one two-type chain the value is known.
   */
  @Test
  void slowChainsAreJumped() {
    double stay = 0.9999;
    double discount = 0.9999;
    Agent agent =
        Agent.uncontrolled(
            new double[][] {{0, 1}}, new double[][] {{stay, 1 - stay}, {1 - stay, stay}});
    Agent other =
        Agent.uncontrolled(
            new double[][] {{0, 1, 2}},
            new double[][] {{0.999, 0.001, 0}, {0, 0.999, 0.001}, {0.001, 0, 0.999}});
    Environment environment = Environment.of(List.of(agent, other), discount);
    try (Workers workers = Workers.of(1)) {
      TypeTensor tensor = TypeTensor.all(environment, workers);
      double[] flow = {0, 0, 0, 1, 1, 1};
      Evaluation found =
          new PolicyEvaluation(tensor, new int[6], 1, discount).solve(flow, null, 1e-7);
      // V(1) - V(0) = 1 / (1 - d (2 stay - 1)), V(0) + V(1) = 1 / (1 - d).
      double difference = 1 / (1 - discount * (2 * stay - 1));
      double sum = 1 / (1 - discount);
      assertThat(found.gap()).isLessThan(1e-6);
      assertThat(found.sweeps()).isLessThan(2_000);
      for (int s = 0; s < 6; s++) {
        double expected = (sum + (s < 3 ? -difference : difference)) / 2;
        assertThat(found.value()[s]).isCloseTo(expected, within(found.gap() + 1e-9));
      }
    }
  }
}
