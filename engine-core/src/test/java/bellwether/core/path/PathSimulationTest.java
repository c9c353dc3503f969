package bellwether.core.path;

import static bellwether.core.path.PathProcessesTest.near;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bellwether.core.distribution.Normal;
import bellwether.core.distribution.Uniform;
import bellwether.core.kernel.ScalarKernels;
import bellwether.core.parallel.Workers;
import bellwether.core.path.PathEstimates.StoppedBy;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PathSimulationTest {
  private static final PathProcess GBM = new GeometricBrownian(Start.at(100), 0.05, 0.2);

  private static PathSimulation simulation(PathStudy study, PathOptions options) {
    return new PathSimulation(study, options, ScalarKernels.INSTANCE);
  }

  private static PathEstimates run(PathStudy study, PathOptions options) {
    try (Workers workers = Workers.of(1)) {
      return simulation(study, options).run(workers);
    }
  }

  /** Everything at once. */
  private static PathStudy all(PathProcess process) {
    return PathStudy.of(process, 1, 2, 4)
        .covariances()
        .quantile(0.9)
        .barrier(new Barrier(130, Barrier.Monitoring.PERIODS))
        .maximum()
        .discountedSum(new DiscountedSum(0.95, DiscountedSum.Payoff.CALL, 100))
        .control(new Control.Last(100 * Math.exp(0.2)))
        .versus(new GeometricBrownian(Start.at(100), 0.06, 0.2))
        .build();
  }

  private static List<Estimate> allOf(PathEstimates found) {
    List<Estimate> all = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      all.add(found.mean(i));
      all.add(found.quantile(i));
      all.add(found.difference(i));
      for (int j = 0; j < 3; j++) {
        all.add(found.covariance(i, j));
      }
    }
    all.add(found.barrierProbability());
    all.add(found.maximum());
    all.add(found.discountedSum());
    return all;
  }

  @ParameterizedTest
  @EnumSource(Design.class)
  void threadsDoNotChangeABit(Design design) {
    PathOptions options = PathOptions.of(3, 77_777).with(design);
    List<Estimate> expected = allOf(run(all(GBM), options));
    for (int threads : new int[] {2, 3, 7}) {
      try (Workers workers = Workers.of(threads)) {
        assertThat(allOf(simulation(all(GBM), options).run(workers))).isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Design.class)
  void savedAndLoadedEndsWithTheSameBits(Design design) throws IOException {
    PathOptions options = PathOptions.of(3, 20_000).with(design).until(0.002, 1_600_000);
    List<Estimate> expected = allOf(run(all(GBM), options));
    PathSimulation going = simulation(all(GBM), options);
    int restarts = 0;
    try (Workers one = Workers.of(1);
        Workers three = Workers.of(3)) {
      while (!going.isDone()) {
        going.advance(restarts % 2 == 0 ? one : three);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        going.save(new DataOutputStream(bytes));
        going = simulation(all(GBM), options);
        going.load(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        restarts++;
      }
    }
    assertThat(restarts).isGreaterThan(1);
    assertThat(allOf(going.estimates())).isEqualTo(expected);
  }

  @Test
  void anotherSimulationIsNotLoaded() throws IOException {
    PathSimulation one = simulation(all(GBM), PathOptions.of(3, 10_000));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    one.save(new DataOutputStream(bytes));
    PathSimulation other = simulation(all(GBM), PathOptions.of(4, 10_000));
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    assertThatThrownBy(() -> other.load(in)).isInstanceOf(IOException.class);
  }

  @Test
  void aCancelledStepCountsForNothing() {
    PathOptions options = PathOptions.of(3, 1_200_000);
    PathStudy study = PathStudy.of(GBM, 1, 2).build();
    PathSimulation going = simulation(study, options);
    try (Workers workers = Workers.of(2)) {
      going.advance(workers);
      long before = going.paths();
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> going.advance(workers)).isInstanceOf(CancellationException.class);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(going.paths()).isEqualTo(before);
      assertThat(going.run(workers).mean(1)).isEqualTo(run(study, options).mean(1));
    }
  }

  /** A user's process: the same arithmetic as the built-in one gives the same bits. */
  @Test
  void aProcessOfOnesOwnIsAsGoodAsABuiltInOne() {
    PathProcess own =
        new PathProcess() {
          @Override
          public void begin(PathBlock block) {
            Arrays.fill(block.state(0), 1.5);
          }

          @Override
          public void advance(PathBlock block, double from, double to) {
            double[] x = block.state(0);
            double[] z = block.scratch(0);
            block.normals(z);
            double drift = 0.1 * (to - from);
            double sd = 0.4 * Math.sqrt(to - from);
            for (int p = 0; p < block.paths(); p++) {
              x[p] = Math.fma(sd, z[p], x[p] + drift);
            }
          }
        };
    PathEstimates found = run(PathStudy.of(own, 0.5, 2).build(), PathOptions.of(1, 9_999));
    PathEstimates expected =
        run(
            PathStudy.of(new ArithmeticBrownian(Start.at(1.5), 0.1, 0.4), 0.5, 2).build(),
            PathOptions.of(1, 9_999));
    assertThat(found.mean(1)).isEqualTo(expected.mean(1));
    assertThat(found.variance(0)).isEqualTo(expected.variance(0));
  }

  @Test
  void aTargetIsReachedOrThePathsAreSpent() {
    PathStudy study = PathStudy.of(GBM, 1).build();
    PathEstimates reached = run(study, PathOptions.of(1, 2_000).until(0.05, 10_000_000));
    assertThat(reached.stoppedBy()).isEqualTo(StoppedBy.TARGET_HALF_WIDTH);
    assertThat(reached.mean(0).halfWidth()).isLessThanOrEqualTo(0.05);
    // The variance of S_1 is 451: a tenth more paths than are needed at the most.
    assertThat(reached.paths()).isBetween(600_000L, 800_000L);
    near(reached.mean(0), 100 * Math.exp(0.05));
    PathEstimates spent = run(study, PathOptions.of(1, 2_000).until(0.05, 100_001));
    assertThat(spent.stoppedBy()).isEqualTo(StoppedBy.MAX_PATHS);
    assertThat(spent.paths()).isEqualTo(100_001);
    assertThat(spent.pathsFor(0.05)).isBetween(600_000L, 800_000L);
  }

  @ParameterizedTest
  @EnumSource(Design.class)
  void noDesignTakesMorePathsThanAskedFor(Design design) {
    PathStudy study = PathStudy.of(GBM, 1).build();
    for (long paths : new long[] {2_048, 3_001, 65_537}) {
      PathEstimates found = run(study, PathOptions.of(1, paths).with(design));
      assertThat(found.paths()).isBetween(paths - PathBlock.SIZE, paths);
      PathEstimates target = run(study, PathOptions.of(1, 2_048).with(design).until(1e-12, paths));
      assertThat(target.paths()).isBetween(paths - PathBlock.SIZE, paths);
      assertThat(target.stoppedBy()).isEqualTo(StoppedBy.MAX_PATHS);
    }
  }

  /** Less than half the error of independent paths, which would take four times the paths. */
  @ParameterizedTest
  @EnumSource(
      value = Design.class,
      names = {"ANTITHETIC", "STRATIFIED", "SOBOL"})
  void designsNarrowIntervals(Design design) {
    PathStudy study = PathStudy.of(GBM, 1).build();
    double plain = run(study, PathOptions.of(1, 65_536)).mean(0).standardError();
    Estimate better = run(study, PathOptions.of(1, 65_536).with(design)).mean(0);
    assertThat(better.standardError()).isLessThan(plain / 2);
    near(better, 100 * Math.exp(0.05));
  }

  @Test
  void controlsNarrowIntervals() {
    DiscountedSum call = new DiscountedSum(0.95, DiscountedSum.Payoff.CALL, 90);
    PathStudy plain = PathStudy.of(GBM, 1).discountedSum(call).build();
    PathStudy controlled =
        PathStudy.of(GBM, 1)
            .discountedSum(call)
            .control(new Control.Last(100 * Math.exp(0.05)))
            .build();
    PathOptions options = PathOptions.of(1, 65_536);
    Estimate before = run(plain, options).discountedSum();
    Estimate after = run(controlled, options).discountedSum();
    assertThat(after.standardError()).isLessThan(before.standardError() / 4);
    assertThat(Math.abs(after.value() - before.value())).isLessThan(5 * before.standardError());

    PathProcess drawn = new Autoregressive(Start.from(new Uniform(0, 10)), 0.9, new Normal(0, 1));
    Estimate loose = run(PathStudy.of(drawn, 2).build(), options).mean(0);
    Estimate tight =
        run(PathStudy.of(drawn, 2).control(new Control.Initial()).build(), options).mean(0);
    assertThat(tight.standardError()).isLessThan(loose.standardError() * 0.6);
    near(tight, 0.81 * 5);
  }

  @Test
  void commonNumbersNarrowDifferences() {
    PathStudy study =
        PathStudy.of(GBM, 1).versus(new GeometricBrownian(Start.at(100), 0.051, 0.2)).build();
    PathEstimates found = run(study, PathOptions.of(1, 20_000));
    Estimate difference = found.difference(0);
    near(difference, 100 * (Math.exp(0.05) - Math.exp(0.051)));
    assertThat(difference.standardError()).isLessThan(found.mean(0).standardError() / 100);
  }

  @Test
  void discountedSumsAndMaximaHaveTheirMeans() {
    PathProcess coin = new BetaBernoulliLearning(1, 1);
    PathEstimates found =
        run(
            PathStudy.of(coin, 3)
                .discountedSum(new DiscountedSum(0.5, DiscountedSum.Payoff.VALUE, 0))
                .maximum()
                .build(),
            PathOptions.of(5, 100_000));
    near(found.discountedSum(), 0.5 * (1 + 0.5 + 0.25 + 0.125));
    near(found.maximum(), expectedMaximum(1, 1, 0, 0.5));
  }

  private static double expectedMaximum(double a, double b, int t, double most) {
    double mean = a / (a + b);
    double now = Math.max(most, mean);
    return t == 3
        ? now
        : mean * expectedMaximum(a + 1, b, t + 1, now)
            + (1 - mean) * expectedMaximum(a, b + 1, t + 1, now);
  }

  @Test
  void whatOverflowsIsToldAndTheRestStands() {
    PathProcess explosive = new GeometricBrownian(Start.at(1), 300, 1);
    PathStudy study = PathStudy.of(explosive, 1, 3).covariances().quantile(0.5).build();
    PathEstimates found = run(study, PathOptions.of(1, 5_000));
    assertThat(found.notFinite(0)).isZero();
    assertThat(found.mean(0).value()).isBetween(1e125, 1e135);
    assertThat(found.quantile(0).value()).isPositive();
    assertThat(found.notFinite(1)).isEqualTo(5_000);
    assertThat(found.mean(1).value()).isNaN();
    assertThat(found.variance(1).value()).isNaN();
    assertThat(found.quantile(1).value()).isNaN();
    PathEstimates target = run(study, PathOptions.of(1, 5_000).until(1, 1_000_000_000));
    assertThat(target.stoppedBy()).isEqualTo(StoppedBy.NOT_FINITE);
    assertThat(target.paths()).isLessThan(10_000);
  }

  @Test
  void refusesMoreStepsThanItCouldTake() {
    PathStudy study = PathStudy.of(new BetaBernoulliLearning(1, 1), 2e6).build();
    assertThatThrownBy(() -> simulation(study, PathOptions.of(1, 10)))
        .hasMessage("too many steps, given 2000000.0, allowed: at most 1000000 a path");
  }
}
