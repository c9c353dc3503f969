package bellwether.core.bandit;

import java.util.SplittableRandom;

/** Seeded random arms of every awkward kind. */
record SmallArms(double[] rewards, double[] transition) {

  /** Dense, sparse, absorbing, tied or slowly leaving, by the seed. */
  static SmallArms random(int n, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int kind = random.nextInt(5);
    double[] rewards = new double[n];
    double[] transition = new double[n * n];
    for (int s = 0; s < n; s++) {
      rewards[s] = kind == 1 ? random.nextInt(3) : random.nextDouble() * 2 - (kind == 2 ? 1 : 0);
      double sum = 0;
      for (int t = 0; t < n; t++) {
        double weight = random.nextDouble();
        if (kind >= 2 && random.nextInt(3) > 0) {
          weight = 0;
        }
        if (kind == 4 && s == t) {
          weight = 1e5;
        }
        transition[s * n + t] = weight;
        sum += weight;
      }
      if (sum == 0 || (kind == 3 && s == n / 2)) {
        java.util.Arrays.fill(transition, s * n, s * n + n, 0);
        transition[s * n + s] = 1;
        sum = 1;
      }
      for (int t = 0; t < n; t++) {
        transition[s * n + t] /= sum;
      }
    }
    return new SmallArms(rewards, transition);
  }

  MarkovArm arm() {
    return MarkovArm.of(rewards, transition);
  }
}
