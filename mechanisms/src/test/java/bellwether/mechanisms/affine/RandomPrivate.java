package bellwether.mechanisms.affine;

import bellwether.mechanisms.environment.Environment;
import bellwether.mechanisms.environment.RandomEnvironments;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Small random environments with alternatives, and rules, by seed. */
final class RandomPrivate {
  private RandomPrivate() {}

  static PrivateEnvironment environment(long seed) {
    return over(
        seed % 3 == 0 ? RandomEnvironments.bandit(seed, -0.2) : RandomEnvironments.any(seed), seed);
  }

  static PrivateEnvironment over(Environment base, long seed) {
    SplittableRandom random = new SplittableRandom(seed + 1000);
    List<Alternatives> alternatives = new ArrayList<>();
    for (int i = 0; i < base.size(); i++) {
      int count = 1 + random.nextInt(3);
      double[][][] value = new double[count][base.actions()][base.agent(i).types()];
      double[] law = new double[count];
      double sum = 0;
      for (int m = 0; m < count; m++) {
        for (int a = 0; a < base.actions(); a++) {
          for (int t = 0; t < base.agent(i).types(); t++) {
            value[m][a][t] = base.agent(i).ignores(a) ? 0 : random.nextDouble(-0.5, 1.5);
          }
        }
        law[m] = 0.1 + random.nextDouble();
        sum += law[m];
      }
      for (int m = 0; m < count; m++) {
        law[m] /= sum;
      }
      alternatives.add(Alternatives.of(value, law));
    }
    return PrivateEnvironment.of(base, alternatives);
  }

  static AffineRule rule(PrivateEnvironment environment, long seed, boolean byState) {
    SplittableRandom random = new SplittableRandom(seed + 2000);
    double[] weight = random.doubles(environment.size(), 0.3, 3).toArray();
    int states = byState ? environment.base().physical().count() : 1;
    double[][] boost = new double[states][];
    for (int k = 0; k < states; k++) {
      boost[k] = random.doubles(environment.base().actions(), -1, 1).toArray();
    }
    return AffineRule.of(weight, boost);
  }
}
