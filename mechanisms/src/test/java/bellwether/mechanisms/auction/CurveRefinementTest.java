package bellwether.mechanisms.auction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bellwether.core.bandit.RetirementCurve;
import bellwether.core.parallel.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CurveRefinementTest {
  private static final Workers ONE = Workers.of(1);

  static IntStream seeds() {
    return IntStream.range(0, 40);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void bracketsTheSameArmsAsMarkovArms(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double discount = random.nextDouble(0.5, 0.95);
    // None, one that competes, and one so bad that somebody must win.
    double outsideValue =
        switch (random.nextInt(3)) {
          case 0 -> 0;
          case 1 -> random.nextDouble(-0.2, 0.8);
          default -> -1000;
        };
    List<Bidder> curved = new ArrayList<>();
    List<Bidder> stepped = new ArrayList<>();
    int n = random.nextInt(1, 6);
    TruncatedBetaArm arm = null;
    MarkovArmSteps markov = null;
    for (int i = 0; i < n; i++) {
      // Some bidders share a curve, with the same weight or another; some are finite from the
      // start.
      if (arm == null || markov == null || random.nextInt(3) > 0) {
        arm =
            new TruncatedBetaArm(random.nextDouble(0.5, 5), random.nextDouble(0.5, 5), 8, discount);
        markov = arm.markov();
      }
      AffineMap weight =
          random.nextBoolean()
              ? AffineMap.IDENTITY
              : new AffineMap(random.nextDouble(0.5, 2), random.nextDouble(-0.2, 0.2));
      stepped.add(Bidder.of(markov.steps(0), weight));
      curved.add(
          random.nextInt(4) == 0 ? Bidder.of(markov.steps(0), weight) : Bidder.of(arm, weight));
    }
    CurveOptions options = new CurveOptions(random.nextBoolean() ? 1e-5 : 1e-7, 1_000_000);
    BanditWelfare exact = BanditWelfare.of(stepped, discount, outsideValue, ONE);
    BanditWelfare bracket = BanditWelfare.of(curved, discount, outsideValue, options, ONE);
    double width = options.tolerance() * 5 / (1 - discount);
    assertThat(exact.welfare()).isBetween(bracket.lower(), bracket.upper());
    assertThat(bracket.welfare()).isBetween(bracket.lower(), bracket.upper());
    assertThat(bracket.upper() - bracket.lower()).isLessThanOrEqualTo(width);
    for (int i = 0; i < n; i++) {
      assertThat(exact.welfareWithout(i))
          .isBetween(bracket.lowerWithout(i), bracket.upperWithout(i));
      assertThat(bracket.welfareWithout(i))
          .isBetween(bracket.lowerWithout(i), bracket.upperWithout(i));
      assertThat(bracket.upperWithout(i) - bracket.lowerWithout(i)).isLessThanOrEqualTo(width);
    }
  }

  private static List<Bidder> crowd(int n, double discount) {
    SplittableRandom random = new SplittableRandom(7);
    List<Bidder> bidders = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      double impressions = Math.exp(random.nextDouble(Math.log(100), Math.log(100_000)));
      double rate = random.nextDouble(0.01, 0.05);
      TruncatedBetaArm arm =
          new TruncatedBetaArm(1 + impressions * rate, 1 + impressions * (1 - rate), 60, discount);
      bidders.add(Bidder.of(arm, AffineMap.scale(random.nextDouble(1, 20))));
    }
    return bidders;
  }

  @Test
  void evaluatesOnlyTheBiddersThatMatter() {
    List<Bidder> bidders = crowd(300, 0.95);
    BanditWelfare welfare = BanditWelfare.of(bidders, 0.95, 0, ONE);
    int used = 0;
    long evaluations = 0;
    for (Bidder bidder : bidders) {
      if (bidder instanceof Bidder.Curved curved
          && curved.curve() instanceof TruncatedBetaArm arm) {
        used += arm.evaluations > 0 ? 1 : 0;
        evaluations += arm.evaluations;
      }
    }
    assertThat(welfare.evaluations()).isEqualTo(evaluations);
    assertThat(used).isLessThan(10);
    assertThat(evaluations).isLessThan(200);
  }

  @Test
  void theBitsDoNotDependOnTheThreads() {
    BanditWelfare once = BanditWelfare.of(crowd(40, 0.9), 0.9, 0, ONE);
    for (int threads = 2; threads <= 3; threads++) {
      try (Workers workers = Workers.of(threads)) {
        BanditWelfare again = BanditWelfare.of(crowd(40, 0.9), 0.9, 0, workers);
        assertThat(again.welfare()).isEqualTo(once.welfare());
        assertThat(again.welfareWithout()).isEqualTo(once.welfareWithout());
        assertThat(again.evaluations()).isEqualTo(once.evaluations());
      }
    }
  }

  @Test
  void aBidderThatCannotWinIsNotEvaluated() {
    TruncatedBetaArm arm = new TruncatedBetaArm(1, 1, 10, 0.9);
    BanditWelfare welfare = BanditWelfare.of(List.of(Bidder.of(arm)), 0.9, 0.95, ONE);
    assertThat(welfare.welfare()).isCloseTo(9.5, within(1e-12));
    assertThat(welfare.evaluations()).isZero();
  }

  @Test
  void saysWhenTheToleranceIsOutOfReach() {
    List<Bidder> bidders = crowd(40, 0.9);
    assertThatThrownBy(() -> BanditWelfare.of(bidders, 0.9, 0, new CurveOptions(1e-8, 3), ONE))
        .isInstanceOf(ToleranceNotReachedException.class)
        .hasMessageContaining("within 3 evaluations");
    assertThatThrownBy(() -> BanditWelfare.of(bidders, 0.9, 0, new CurveOptions(1e-13, 100), ONE))
        .isInstanceOf(ToleranceNotReachedException.class)
        .hasMessageContaining("truncation and rounding alone");
  }

  @Test
  void theTruncationErrorWidensTheBracket() {
    TruncatedBetaArm arm = new TruncatedBetaArm(1, 1, 10, 0.9);
    RetirementCurve loose =
        new RetirementCurve() {
          @Override
          public double lastBreakpoint() {
            return arm.lastBreakpoint();
          }

          @Override
          public double truncationError() {
            return 1e-3;
          }

          @Override
          public void evaluate(double retirement, double[] result) {
            arm.evaluate(retirement, result);
          }
        };
    List<Bidder> bidders = List.of(Bidder.of(loose), Bidder.of(arm));
    BanditWelfare welfare = BanditWelfare.of(bidders, 0.9, 0, new CurveOptions(1e-3, 100_000), ONE);
    assertThat(welfare.upper() - welfare.lower()).isBetween(2e-3, 1e-2);
    assertThatThrownBy(() -> BanditWelfare.of(bidders, 0.9, 0, ONE))
        .isInstanceOf(ToleranceNotReachedException.class);
  }

  @Test
  void stopsWhenItsThreadIsInterrupted() {
    List<Bidder> bidders = crowd(4, 0.9);
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> BanditWelfare.of(bidders, 0.9, 0, ONE))
          .isInstanceOf(CancellationException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
