package bellwether.core.mdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bellwether.core.parallel.Workers;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BellmanOperatorTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 13, 16, 17, 40})
  void appliesTheOperatorWhateverTheLengthOfRows(int branching) {
    SplittableRandom random = new SplittableRandom(branching);
    for (Objective objective : Objective.values()) {
      try (Workers workers = Workers.of(1 + branching % 3)) {
        int states = 41 + 30 * branching;
        int actions = 1 + branching % 6;
        SparseMdp model = MdpGenerators.garnet(states, actions, branching, branching, workers);
        double[] v = random.doubles(states, -3, 5).toArray();
        double[] image = new double[states];
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        try (BellmanOperator operator =
            new BellmanOperator(new MdpProblem(model, objective, 0.9), workers)) {
          operator.apply(v, image);
          for (int s = 0; s < states; s++) {
            double expected = expected(model, objective, s, v);
            assertThat(image[s]).isCloseTo(expected, within(1e-14));
            low = Math.min(low, image[s] - v[s]);
            high = Math.max(high, image[s] - v[s]);
          }
          assertThat(operator.low()).isEqualTo(low);
          assertThat(operator.high()).isEqualTo(high);
        }
      }
    }
  }

  private static double expected(SparseMdp model, Objective objective, int s, double[] v) {
    double best = Double.NEGATIVE_INFINITY;
    for (int k = model.firstRow(s); k < model.firstRow(s + 1); k++) {
      double[] sum = new double[1];
      model.forEachSuccessor(k, (t, p) -> sum[0] += p * v[t]);
      best = Math.max(best, objective.sign() * (model.rowReward(k) + 0.9 * sum[0]));
    }
    return objective.sign() * best;
  }

  private static Offset<Double> within(double size) {
    return Offset.offset(size);
  }

  @Test
  void threadsChangeNoBit() {
    double[][] images = new double[3][1500];
    double[] v = new SplittableRandom(5).doubles(1500).toArray();
    for (int t = 0; t < 3; t++) {
      try (Workers workers = Workers.of(t + 1);
          BellmanOperator operator =
              new BellmanOperator(
                  MdpProblem.maximize(MdpGenerators.garnet(1500, 5, 8, 3, workers), 0.99),
                  workers)) {
        operator.apply(v, images[t]);
      }
    }
    assertThat(images[1]).isEqualTo(images[0]);
    assertThat(images[2]).isEqualTo(images[0]);
  }

  @Test
  void wantsVectorsOfTheRightLength() {
    try (Workers workers = Workers.of(1);
        BellmanOperator operator =
            new BellmanOperator(
                MdpProblem.maximize(MdpGenerators.garnet(10, 2, 3, 1, workers), 0.9), workers)) {
      assertThatThrownBy(() -> operator.apply(new double[9], new double[10]))
          .hasMessage("v and image must have 10 values each: 9, 10");
    }
  }
}
