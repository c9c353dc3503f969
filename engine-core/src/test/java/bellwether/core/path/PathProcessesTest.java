package bellwether.core.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bellwether.core.distribution.Beta;
import bellwether.core.distribution.Discrete;
import bellwether.core.distribution.Distribution;
import bellwether.core.distribution.Exponential;
import bellwether.core.distribution.Kumaraswamy;
import bellwether.core.distribution.Lognormal;
import bellwether.core.distribution.Normal;
import bellwether.core.distribution.Power;
import bellwether.core.distribution.Uniform;
import bellwether.core.kernel.ScalarKernels;
import bellwether.core.parallel.Workers;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Means, variances and covariances against closed forms, within five standard errors: seeds are
 * fixed, a fresh one would fail a comparison once in two million.
 */
class PathProcessesTest {
  private static final double[] TIMES = {1, 2, 5};

  static PathEstimates simulate(PathStudy study, Design design, long seed) {
    try (Workers workers = Workers.of(2)) {
      return new PathSimulation(
              study, PathOptions.of(seed, 65_536).with(design), ScalarKernels.INSTANCE)
          .run(workers);
    }
  }

  static void near(Estimate estimate, double expected) {
    assertThat(Math.abs(estimate.value() - expected))
        .as("%s, expected %s", estimate, expected)
        .isLessThanOrEqualTo(5 * estimate.standardError() + 1e-12 * Math.abs(expected));
  }

  /** Process, mean by time, covariance by times. */
  static Stream<Arguments> processes() {
    return Stream.of(
        Arguments.of(
            "ar1",
            new Autoregressive(Start.from(new Uniform(0, 6)), 0.5, new Exponential(2)),
            new double[] {2, 1.5, 1 + 2 * 0.5 * 0.5 * 0.5 * 0.5 * 0.5},
            ar1Covariance(3, 0.25)),
        Arguments.of(
            "abm",
            new ArithmeticBrownian(Start.at(1), -0.5, 2),
            new double[] {0.5, 0, -1.5},
            new double[][] {{4, 4, 4}, {4, 8, 8}, {4, 8, 20}}),
        Arguments.of(
            "ou",
            new OrnsteinUhlenbeck(Start.at(3), 0.4, 1, 0.8),
            new double[] {1 + 2 * Math.exp(-0.4), 1 + 2 * Math.exp(-0.8), 1 + 2 * Math.exp(-2)},
            ouCovariance(0.4, 0.8)),
        Arguments.of(
            "gbm",
            new GeometricBrownian(Start.at(10), 0.1, 0.2),
            new double[] {10 * Math.exp(0.1), 10 * Math.exp(0.2), 10 * Math.exp(0.5)},
            gbmCovariance(10, 0.1, 0.2)),
        Arguments.of(
            "walk",
            new MultiplicativeWalk(
                Start.at(4), Discrete.of(new double[] {0.5, 1.25}, new double[] {0.4, 0.6})),
            new double[] {4 * 0.95, 4 * 0.95 * 0.95, 4 * Math.pow(0.95, 5)},
            walkCovariance(4, 0.95, 0.4 * 0.25 + 0.6 * 1.5625)),
        Arguments.of(
            "learning",
            new BetaBernoulliLearning(1.5, 2.5),
            new double[] {0.375, 0.375, 0.375},
            martingale(t -> 0.375 * 0.625 / 5 * t / (4 + t))),
        Arguments.of(
            "normal learning",
            new NormalLearning(0.5, 2, 3),
            new double[] {0.5, 0.5, 0.5},
            martingale(t -> 9 * (0.5 - 1 / (2 + t)))),
        Arguments.of(
            "arrivals", Arrivals.counted(3), new double[] {3, 6, 15}, martingale(t -> 3 * t)),
        Arguments.of(
            "marked",
            Arrivals.marked(0.7, new Exponential(0.5)),
            new double[] {1.4, 2.8, 7},
            martingale(t -> 0.7 * 8 * t)));
  }

  private static double[][] martingale(java.util.function.DoubleUnaryOperator variance) {
    return table((i, j) -> variance.applyAsDouble(TIMES[Math.min(i, j)]));
  }

  private interface Entry {
    double at(int i, int j);
  }

  private static double[][] table(Entry entry) {
    double[][] table = new double[TIMES.length][TIMES.length];
    for (int i = 0; i < TIMES.length; i++) {
      for (int j = 0; j < TIMES.length; j++) {
        table[i][j] = entry.at(i, j);
      }
    }
    return table;
  }

  private static double[][] ar1Covariance(double first, double noise) {
    return table(
        (i, j) -> {
          double s = Math.min(TIMES[i], TIMES[j]);
          double apart = Math.abs(TIMES[i] - TIMES[j]);
          double q = Math.pow(0.25, s);
          return Math.pow(0.5, apart) * (q * first + noise * (1 - q) / 0.75);
        });
  }

  private static double[][] ouCovariance(double k, double sigma) {
    return table(
        (i, j) -> {
          double s = Math.min(TIMES[i], TIMES[j]);
          double apart = Math.abs(TIMES[i] - TIMES[j]);
          return sigma * sigma / (2 * k) * (1 - Math.exp(-2 * k * s)) * Math.exp(-k * apart);
        });
  }

  private static double[][] gbmCovariance(double start, double drift, double sigma) {
    return table(
        (i, j) ->
            start
                * start
                * Math.exp(drift * (TIMES[i] + TIMES[j]))
                * Math.expm1(sigma * sigma * Math.min(TIMES[i], TIMES[j])));
  }

  private static double[][] walkCovariance(double start, double mean, double square) {
    return table(
        (i, j) -> {
          double s = Math.min(TIMES[i], TIMES[j]);
          double apart = Math.abs(TIMES[i] - TIMES[j]);
          return start
              * start
              * Math.pow(mean, apart)
              * (Math.pow(square, s) - Math.pow(mean, 2 * s));
        });
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("processes")
  void momentsInEveryDesign(
      String name, PathProcess process, double[] mean, double[][] covariance) {
    for (Design design : Design.values()) {
      PathEstimates found =
          simulate(PathStudy.of(process, TIMES).covariances().build(), design, name.hashCode());
      for (int i = 0; i < TIMES.length; i++) {
        near(found.mean(i), mean[i]);
        assertThat(process.mean(TIMES[i]))
            .isCloseTo(mean[i], within(1e-12 * mean[i] * mean[i] + 1e-13));
        for (int j = 0; j < TIMES.length; j++) {
          near(found.covariance(i, j), covariance[i][j]);
        }
      }
    }
  }

  static Stream<Distribution> distributions() {
    return Stream.of(
        new Uniform(-1, 3),
        new Normal(2, 0.5),
        new Exponential(0.7),
        new Lognormal(0.1, 0.6),
        new Beta(2, 0.8),
        new Power(2.5),
        new Kumaraswamy(2, 3),
        Discrete.of(new double[] {-1, 2, 2.5}, new double[] {0.2, 0.5, 0.3}));
  }

  /** Shares below the quantiles of the distribution, by its own function. */
  @ParameterizedTest
  @MethodSource("distributions")
  void samplersFollowTheirDistributions(Distribution distribution) {
    for (Design design : Design.values()) {
      for (double level : new double[] {0.05, 0.3, 0.5, 0.8, 0.99}) {
        double x = distribution.quantile(level);
        PathProcess draws = new MultiplicativeWalk(Start.from(distribution), new Uniform(0, 1));
        PathStudy study =
            PathStudy.of(draws, 0)
                .discountedSum(new DiscountedSum(1, DiscountedSum.Payoff.ABOVE, x))
                .build();
        PathEstimates found = simulate(study, design, 7);
        near(found.discountedSum(), distribution.survival(x));
        near(found.mean(0), distribution.mean());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Design.class)
  void chainsFollowTheirMatrix(Design design) {
    double[] transition = {0.7, 0.2, 0.1, 0.3, 0.5, 0.2, 0.1, 0.4, 0.5};
    double[] values = {0, 1, 3};
    double[] law = {0.5, 0.5, 0};
    PathEstimates found =
        simulate(
            PathStudy.of(new FiniteChain(values, transition, law), 0, 1, 2, 3).build(), design, 3);
    for (int t = 0; t <= 3; t++) {
      near(found.mean(t), law[1] + 3 * law[2]);
      double[] next = new double[3];
      for (int s = 0; s < 9; s++) {
        next[s % 3] += law[s / 3] * transition[s];
      }
      law = next;
    }
  }

  /** P(max of W over [0, T] with drift exceeds b), by reflection. */
  private static double crossing(double drift, double sigma, double time, double level) {
    var normal = org.apache.commons.statistics.distribution.NormalDistribution.of(0, 1);
    double sd = sigma * Math.sqrt(time);
    return normal.survivalProbability((level - drift * time) / sd)
        + Math.exp(2 * drift * level / (sigma * sigma))
            * normal.cumulativeProbability((-level - drift * time) / sd);
  }

  @ParameterizedTest
  @EnumSource(Design.class)
  void barriersInContinuousTimeByBridges(Design design) {
    Barrier barrier = new Barrier(1.5, Barrier.Monitoring.CONTINUOUS);
    near(
        simulate(
                PathStudy.of(new ArithmeticBrownian(Start.at(0.2), 0.3, 0.9), 0.5, 2)
                    .barrier(barrier)
                    .build(),
                design,
                5)
            .barrierProbability(),
        crossing(0.3, 0.9, 2, 1.3));
    near(
        simulate(
                PathStudy.of(new GeometricBrownian(Start.at(1.1), 0.1, 0.4), 2)
                    .barrier(barrier)
                    .build(),
                design,
                6)
            .barrierProbability(),
        crossing(0.1 - 0.08, 0.4, 2, Math.log(1.5 / 1.1)));
  }

  /** Reverting to the level itself: P(no crossing) by reflection, 2 Phi(d / s) - 1. */
  @Test
  void barriersOfMeanReversionByShortBridges() {
    double k = 0.8;
    double sigma = 0.5;
    double time = 1.5;
    PathEstimates found =
        simulate(
            PathStudy.of(new OrnsteinUhlenbeck(Start.at(0.6), k, 1, sigma), time)
                .barrier(new Barrier(1, Barrier.Monitoring.CONTINUOUS))
                .build(),
            Design.INDEPENDENT,
            8);
    // e^{kt} (x - m) is a Brownian motion at the clock sigma^2 (e^{2kt} - 1) / (2k), the level is
    // 0.
    double clock = sigma * sigma * Math.expm1(2 * k * time) / (2 * k);
    near(found.barrierProbability(), crossing(0, 1, clock, 0.4));
  }

  @Test
  void largestMarks() {
    PathStudy study =
        PathStudy.of(Arrivals.marked(2, new Uniform(0, 1)), 1, 3)
            .barrier(new Barrier(0.9, Barrier.Monitoring.LARGEST_MARK))
            .build();
    near(simulate(study, Design.INDEPENDENT, 4).barrierProbability(), -Math.expm1(-2 * 3 * 0.1));
  }

  /** Counts of a rate whose table does not begin at 0. */
  @Test
  void manyArrivals() {
    PathEstimates found =
        simulate(PathStudy.of(Arrivals.counted(5_000), 1).build(), Design.INDEPENDENT, 4);
    near(found.mean(0), 5_000);
    near(found.variance(0), 5_000);
  }

  @Test
  void withoutVolatilityPathsAreStraight() {
    PathStudy study =
        PathStudy.of(new ArithmeticBrownian(Start.at(0), 1, 0), 1, 2)
            .barrier(new Barrier(2, Barrier.Monitoring.CONTINUOUS))
            .quantile(0.5)
            .build();
    PathEstimates found = simulate(study, Design.INDEPENDENT, 4);
    assertThat(found.mean(1)).isEqualTo(new Estimate(2, 0, 2, 2));
    assertThat(found.variance(1).value()).isZero();
    assertThat(found.quantile(0).value()).isEqualTo(1);
    assertThat(found.barrierProbability().value()).isZero();
  }

  @Test
  void parametersAreCheckedByName() {
    assertThatThrownBy(() -> new ArithmeticBrownian(Start.at(0), 0, -0.1))
        .hasMessage("volatility must be finite and >= 0: -0.1");
    assertThatThrownBy(() -> new GeometricBrownian(Start.at(0), 0, 0.1))
        .hasMessage("initial must be finite and > 0: 0.0");
    assertThatThrownBy(() -> new OrnsteinUhlenbeck(Start.at(0), 0, 0, 0.1))
        .hasMessage("meanReversion must be finite and > 0: 0.0");
    assertThatThrownBy(
            () -> new FiniteChain(new double[] {1}, new double[] {0.5}, new double[] {1}))
        .hasMessage("transition row 0 sums to 0.5, expected 1 +- 1e-9");
    assertThatThrownBy(() -> PathStudy.of(new BetaBernoulliLearning(1, 1), 0.5))
        .hasMessage("times of a process in periods must be whole: times[0]=0.5");
    assertThatThrownBy(() -> PathStudy.of(new ArithmeticBrownian(Start.at(0), 0, 1), 2, 1))
        .hasMessage("times must be finite, >= 0 and rising: times[1]=1.0");
    assertThatThrownBy(() -> PathOptions.of(1, 1)).hasMessageStartingWith("paths must be 2 to");
  }
}
