package bellwether.mechanisms.auction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bellwether.core.bandit.BetaBernoulliArm;
import bellwether.core.bandit.DirichletArm;
import bellwether.core.bandit.MarkovArm;
import bellwether.core.bandit.NormalArm;
import bellwether.core.bandit.RandomArm;
import bellwether.core.kernel.ScalarKernels;
import bellwether.core.parallel.Workers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArmAuctionTest {

  private static ArmAuction hold(double discount, double outside, Contestant... contestants) {
    return hold(2, discount, outside, contestants);
  }

  private static ArmAuction hold(
      int threads, double discount, double outside, Contestant... contestants) {
    try (Workers workers = Workers.of(threads)) {
      return ArmAuction.hold(
          List.of(contestants),
          discount,
          outside,
          CurveOptions.DEFAULT,
          ScalarKernels.INSTANCE,
          workers);
    }
  }

  private static BanditAuction auction(ArmAuction held) {
    BanditAuction auction = held.auction();
    assertThat(auction).isNotNull();
    return auction;
  }

  /** Beta(alpha, beta) as a finite arm that pays its mean forever after {@code pulls}. */
  private static MarkovArm lattice(double alpha, double beta, int pulls) {
    int n = (pulls + 1) * (pulls + 2) / 2;
    double[] rewards = new double[n];
    double[] transition = new double[n * n];
    for (int t = 0; t <= pulls; t++) {
      for (int i = 0; i <= t; i++) {
        int s = t * (t + 1) / 2 + i;
        double mean = (alpha + i) / (alpha + beta + t);
        rewards[s] = mean;
        if (t == pulls) {
          transition[s * n + s] = 1;
        } else {
          transition[s * n + s + t + 2] = mean;
          transition[s * n + s + t + 1] = 1 - mean;
        }
      }
    }
    return MarkovArm.of(rewards, transition);
  }

  @Test
  void constantArmsAreASecondPriceAuctionEveryPeriod() {
    ArmAuction held =
        hold(
            0.9,
            0.1,
            new Contestant(MarkovArm.of(new double[] {0.4}, new double[] {1}), 0, 2),
            new Contestant(MarkovArm.of(new double[] {0.5}, new double[] {1}), 0, 1));
    assertThat(held.winner()).hasValue(0);
    assertThat(held.indices()).containsExactly(new double[] {0.8, 0.5}, within(1e-15));
    assertThat(held.bracketed()).isFalse();
    assertThat(auction(held).payments()).containsExactly(new double[] {0.5, 0}, within(1e-14));
    assertThat(auction(held).welfare().welfare()).isCloseTo(8, within(1e-13));
  }

  /** The same auction with Beta arms and with their lattices written out as Markov arms. */
  @Test
  void betaArmsAgreeWithTheirLattices() {
    int pulls = 30;
    double discount = 0.5;
    ArmAuction beta =
        hold(
            discount,
            0.3,
            new Contestant(new BetaBernoulliArm(1, 1), 0, 2),
            new Contestant(new BetaBernoulliArm(3, 2), 0, 1.5),
            new Contestant(new RandomArm(20, 5), 3, 1.5));
    ArmAuction finite =
        hold(
            discount,
            0.3,
            new Contestant(lattice(1, 1, pulls), 0, 2),
            new Contestant(lattice(3, 2, pulls), 0, 1.5),
            new Contestant(new RandomArm(20, 5), 3, 1.5));
    // Thirty pulls at discount 0.5 leave less than 1e-9 of any value.
    assertThat(beta.bracketed()).isTrue();
    assertThat(beta.winner()).isEqualTo(finite.winner());
    assertThat(beta.indices()).containsExactly(finite.indices(), within(1e-9));
    BanditWelfare welfare = auction(beta).welfare();
    assertThat(welfare.lower()).isLessThanOrEqualTo(auction(finite).welfare().welfare() + 2e-9);
    assertThat(welfare.upper()).isGreaterThanOrEqualTo(auction(finite).welfare().welfare() - 2e-9);
    for (int i = 0; i < 3; i++) {
      assertThat(welfare.welfareWithout(i))
          .isCloseTo(auction(finite).welfare().welfareWithout(i), within(5e-8));
      assertThat(auction(beta).payment(i)).isCloseTo(auction(finite).payment(i), within(5e-8));
    }
  }

  /** Two categories are the Beta arm, whatever they are worth and in whatever order. */
  @Test
  void dirichletArmsOfTwoCategoriesAreBetaArms() {
    RandomArm other = new RandomArm(20, 5);
    ArmAuction beta =
        hold(
            0.8,
            0.3,
            new Contestant(new BetaBernoulliArm(1, 1), 0, 2),
            new Contestant(new BetaBernoulliArm(3, 2), 0, 1.5),
            new Contestant(other, 3, 1.5));
    ArmAuction dirichlet =
        hold(
            0.8,
            0.3,
            new Contestant(DirichletArm.of(new double[] {1, 1}, new double[] {1, 0}), 0, 2),
            new Contestant(DirichletArm.of(new double[] {2, 3}, new double[] {0, 3}), 0, 0.5),
            new Contestant(other, 3, 1.5));
    assertThat(dirichlet.bracketed()).isTrue();
    assertThat(dirichlet.winner()).isEqualTo(beta.winner());
    assertThat(dirichlet.indices()).containsExactly(beta.indices(), within(3e-8));
    agree(dirichlet, beta, 2e-7);
  }

  /** Three categories, one worth less than nothing, against the lattice as a Markov arm. */
  @Test
  void dirichletArmsAgreeWithTheirLattices() {
    int pulls = 14;
    double[] alpha = {1, 2, 0.5};
    double[] values = {-0.4, 0.5, 2};
    RandomArm other = new RandomArm(20, 5);
    DirichletArm arm = DirichletArm.of(alpha, values);
    ArmAuction learned =
        hold(
            0.2,
            0.3,
            new Contestant(arm, 0, 1.2),
            new Contestant(arm, 0, 1.3),
            new Contestant(other, 3, 0.5));
    MarkovArm lattice = lattice(alpha, values, pulls);
    ArmAuction finite =
        hold(
            0.2,
            0.3,
            new Contestant(lattice, 0, 1.2),
            new Contestant(lattice, 0, 1.3),
            new Contestant(other, 3, 0.5));
    assertThat(learned.winner()).isEqualTo(finite.winner()).hasValue(1);
    assertThat(learned.indices()).containsExactly(finite.indices(), within(5e-8));
    agree(learned, finite, 5e-8);
  }

  @Test
  void dirichletArmsOfOneValuePayIt() {
    DirichletArm sure = DirichletArm.of(new double[] {1, 5}, new double[] {0.7, 0.7});
    DirichletArm debt = DirichletArm.of(new double[] {2}, new double[] {-0.7});
    DirichletArm nothing = DirichletArm.of(new double[] {2}, new double[] {0});
    ArmAuction held =
        hold(
            0.9,
            0.1,
            new Contestant(sure, 0, 2),
            new Contestant(debt, 0, 1),
            new Contestant(nothing, 0, 1),
            new Contestant(MarkovArm.of(new double[] {0.5}, new double[] {1}), 0, 1));
    assertThat(held.indices()).containsExactly(new double[] {1.4, -0.7, 0, 0.5}, within(1e-12));
    assertThat(auction(held).payments()).containsExactly(new double[] {0.5, 0, 0, 0}, within(1e-6));
    assertThat(auction(held).welfare().welfare()).isCloseTo(14, within(1e-6));
  }

  private static void agree(ArmAuction held, ArmAuction other, double error) {
    BanditWelfare welfare = auction(held).welfare();
    BanditWelfare expected = auction(other).welfare();
    assertThat(welfare.lower()).isLessThanOrEqualTo(expected.upper() + error / 10);
    assertThat(welfare.upper()).isGreaterThanOrEqualTo(expected.lower() - error / 10);
    for (int i = 0; i < welfare.bidders(); i++) {
      assertThat(welfare.welfareWithout(i)).isCloseTo(expected.welfareWithout(i), within(error));
      assertThat(auction(held).payment(i)).isCloseTo(auction(other).payment(i), within(error));
    }
  }

  /** A Dirichlet arm as a finite one that pays its mean forever after {@code pulls}. */
  private static MarkovArm lattice(double[] alpha, double[] values, int pulls) {
    Map<List<Integer>, Integer> places = new LinkedHashMap<>();
    for (int t = 0; t <= pulls; t++) {
      for (int i = 0; i <= t; i++) {
        for (int j = 0; i + j <= t; j++) {
          places.put(List.of(i, j, t - i - j), places.size());
        }
      }
    }
    int n = places.size();
    double[] rewards = new double[n];
    double[] transition = new double[n * n];
    places.forEach(
        (seen, s) -> {
          int pulled = seen.stream().mapToInt(Integer::intValue).sum();
          double counts = alpha[0] + alpha[1] + alpha[2] + pulled;
          for (int k = 0; k < 3; k++) {
            double p = (alpha[k] + seen.get(k)) / counts;
            rewards[s] += p * values[k];
            List<Integer> next = new ArrayList<>(seen);
            next.set(k, next.get(k) + 1);
            transition[s * n + (pulled == pulls ? s : places.getOrDefault(next, -1))] += p;
          }
        });
    return MarkovArm.of(rewards, transition);
  }

  @Test
  void normalArmsHaveIndicesAndAWinnerOnly() {
    ArmAuction held =
        hold(
            0.9,
            0,
            new Contestant(new NormalArm(0.5, 3, 2), 0, 1),
            new Contestant(new BetaBernoulliArm(1, 1), 0, 1));
    assertThat(held.winner()).hasValue(0);
    assertThat(held.indices()[0]).isCloseTo(1.1930816485523885, within(3e-9));
    assertThat(held.auction()).isNull();
  }

  @Test
  void nobodyWinsBelowTheOutsideValue() {
    ArmAuction held = hold(0.9, 2, new Contestant(new RandomArm(5, 1), 0, 1));
    assertThat(held.winner()).isEmpty();
    assertThat(auction(held).welfare().welfareWithout(0)).isCloseTo(20, within(1e-12));
    assertThat(hold(0.9, 2).winner()).isEmpty();
  }

  @Test
  void bitsDoNotDependOnThreads() {
    List<Contestant> many = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      many.add(new Contestant(new RandomArm(30 + i % 5, i % 7), i % 30, 1 + 0.01 * i));
      many.add(new Contestant(new BetaBernoulliArm(1 + i, 2 + i), 0, 1.2));
    }
    Contestant[] all = many.toArray(new Contestant[0]);
    ArmAuction alone = hold(1, 0.8, 0.1, all);
    for (int threads = 2; threads <= 3; threads++) {
      ArmAuction held = hold(threads, 0.8, 0.1, all);
      assertThat(held.indices()).isEqualTo(alone.indices());
      assertThat(auction(held).payments()).isEqualTo(auction(alone).payments());
      assertThat(auction(held).welfare().welfare()).isEqualTo(auction(alone).welfare().welfare());
      for (int i = 0; i < all.length; i++) {
        assertThat(auction(held).welfare().welfareWithout(i))
            .isEqualTo(auction(alone).welfare().welfareWithout(i));
      }
    }
  }

  @Test
  void refusesContestants() {
    assertThatThrownBy(() -> new Contestant(new RandomArm(3, 1), 3, 1))
        .hasMessage("state must be 0 to 2: 3");
    assertThatThrownBy(() -> new Contestant(new BetaBernoulliArm(1, 1), 0, 0))
        .hasMessage("rewardScale must be positive and finite: 0.0");
  }
}
