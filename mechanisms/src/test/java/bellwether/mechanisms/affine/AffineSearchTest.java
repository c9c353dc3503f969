package bellwether.mechanisms.affine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bellwether.core.parallel.Workers;
import org.junit.jupiter.api.Test;

/** The search where the best affine maximizer is known, and where it is not. */
class AffineSearchTest {
  private static AffineSearch.Found search(PrivateEnvironment environment, SearchOptions options) {
    try (Workers workers = Workers.of(2)) {
      return AffineSearch.run(environment, options, words -> {}, workers);
    }
  }

  @Test
  void postedPriceIsTheBoostOfKeeping() {
    // Of prices m/10 to a value that is uniform on 1/10..1, 0.5 and 0.6 sell best: 0.3.
    AffineSearch.Found found =
        search(
            Sales.auction(new double[][] {Sales.grid(10, 1)}, new double[][] {Sales.uniform(10)}),
            SearchOptions.DEFAULT.withBudget(400));
    assertThat(found.value().mean(Objective.REVENUE)).isCloseTo(0.3, within(1e-6));
    assertThat(found.rule().weight(0)).isEqualTo(1);
    double price = found.rule().boost(0, 0);
    assertThat(Math.min(Math.abs(price - 0.5), Math.abs(price - 0.6))).isLessThan(1e-5);
    assertThat(found.rule().boost(0, 1)).isZero();
  }

  @Test
  void reserveOfEqualBiddersIsMyersons() {
    double[] grid = Sales.grid(20, 1);
    double[] law = Sales.uniform(20);
    AffineSearch.Found found =
        search(
            Sales.auction(new double[][] {grid, grid}, new double[][] {law, law}),
            SearchOptions.DEFAULT.withBudget(1500));
    double expected = optimum(new double[][] {grid, grid}, new double[][] {law, law});
    assertThat(found.value().mean(Objective.REVENUE)).isCloseTo(expected, within(1e-4));
    System.out.println(java.util.Arrays.toString(found.rule().weights()) + java.util.Arrays.deepToString(found.rule().boosts())
     + found.value().mean(Objective.REVENUE) + " " + expected+" "+found.pivot().mean(Objective.REVENUE)+" "+found.restarts());
  }

  @Test
  void differentBiddersGetTheirVirtualWeights() {
    double[] one = Sales.grid(12, 1);
    double[] two = Sales.grid(12, 2);
    double[][] values = {one, two};
    double[][] laws = {Sales.uniform(12), affineVirtual(12, 3)};
    AffineSearch.Found found =
        search(Sales.auction(values, laws), SearchOptions.DEFAULT.withBudget(4000));
    double expected = optimum(values, laws);
    System.out.println(java.util.Arrays.toString(found.rule().weights()) + java.util.Arrays.deepToString(found.rule().boosts())
     + found.value().mean(Objective.REVENUE) + " " + expected+" "+found.pivot().mean(Objective.REVENUE)+" "+found.restarts());
    assertThat(found.value().mean(Objective.REVENUE)).isCloseTo(expected, within(2e-4));
  }

  /** A law on an even grid whose virtual values are affine: (1 - F_m) / f_m = (count - m) / k. */
  static double[] affineVirtual(int count, double k) {
    double[] law = new double[count];
    double survival = 1;
    for (int m = 0; m < count; m++) {
      double left = count - 1 - m;
      double next = survival * left / (k + left);
      law[m] = survival - next;
      survival = next;
    }
    return law;
  }

  /** E max(0, virtual values), of regular laws on grids (Myerson 1981, discrete). */
  static double optimum(double[][] values, double[][] laws) {
    double sum = 0;
    double[][] virtual = new double[2][];
    for (int i = 0; i < 2; i++) {
      virtual[i] = new double[values[i].length];
      double above = 0;
      for (int m = values[i].length - 1; m >= 0; m--) {
        double step = m + 1 < values[i].length ? values[i][m + 1] - values[i][m] : 0;
        virtual[i][m] = values[i][m] - step * above / laws[i][m];
        above += laws[i][m];
      }
    }
    for (int a = 0; a < virtual[0].length; a++) {
      for (int b = 0; b < virtual[1].length; b++) {
        sum += laws[0][a] * laws[1][b] * Math.max(0, Math.max(virtual[0][a], virtual[1][b]));
      }
    }
    return sum;
  }

  @Test
  void sequentialSalesEarnMore() {
    double[][] values = {Sales.grid(10, 1), Sales.grid(10, 1), Sales.grid(10, 1)};
    long t=System.nanoTime();
    AffineSearch.Found found =
        search(Sales.sequence(3, 2, 0.9, values), SearchOptions.DEFAULT.withBudget(3000));
    System.out.println((System.nanoTime()-t)/1e9+" s "+java.util.Arrays.toString(found.rule().weights()) + java.util.Arrays.deepToString(found.rule().boosts())
     + found.value().mean(Objective.REVENUE) + " " +found.pivot().mean(Objective.REVENUE)+" "+found.restarts());
    t=System.nanoTime();
    found =
        search(Sales.sequence(3, 2, 0.9, values), SearchOptions.DEFAULT.withBudget(3000).withBoosts(Boosts.STATE_ACTION));
    System.out.println((System.nanoTime()-t)/1e9+" s "+java.util.Arrays.toString(found.rule().weights()) + java.util.Arrays.deepToString(found.rule().boosts())
     + found.value().mean(Objective.REVENUE) + " " +found.pivot().mean(Objective.REVENUE)+" "+found.restarts()+" "+found.dimension());
  }
}
