package bellwether.mechanisms.revenue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bellwether.core.bandit.BetaBernoulliArm;
import bellwether.core.bandit.MarkovArm;
import bellwether.core.bandit.NormalArm;
import bellwether.core.distribution.Power;
import bellwether.core.distribution.Uniform;
import bellwether.core.kernel.ScalarKernels;
import bellwether.core.parallel.Workers;
import bellwether.mechanisms.auction.Contestant;
import bellwether.mechanisms.auction.CurveOptions;
import bellwether.mechanisms.virtual.Valuation;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RevenueAuctionTest {
  private static final int STATES = 3;

  private static RevenueAuction hold(List<RevenueBidder> bidders, double discount, double outside) {
    try (Workers workers = Workers.of(2)) {
      return RevenueAuction.hold(
          bidders,
          discount,
          outside,
          CurveOptions.DEFAULT,
          List.of(),
          ScalarKernels.INSTANCE,
          workers);
    }
  }

  /** A random auction of Markov arms, solved over joint states, too. */
  private static final class Case {
    final double discount;
    final double outside;
    final List<double[]> rewards = new ArrayList<>();
    final List<double[]> transitions = new ArrayList<>();
    final List<PrivateValue> values = new ArrayList<>();
    final double[] types;
    final double[] scales;

    Case(long seed) {
      Random random = new Random(seed);
      int n = 1 + random.nextInt(3);
      discount = 0.9 * random.nextDouble();
      outside = random.nextInt(3) == 0 ? 0.3 * random.nextDouble() : 0;
      types = new double[n];
      scales = new double[n];
      for (int i = 0; i < n; i++) {
        double[] reward = new double[STATES];
        double[] transition = new double[STATES * STATES];
        for (int s = 0; s < STATES; s++) {
          reward[s] = random.nextDouble() - 0.1;
          double sum = 0;
          for (int t = 0; t < STATES; t++) {
            transition[s * STATES + t] = random.nextDouble();
            sum += transition[s * STATES + t];
          }
          for (int t = 0; t < STATES; t++) {
            transition[s * STATES + t] /= sum;
          }
        }
        rewards.add(reward);
        transitions.add(transition);
        boolean additive = random.nextBoolean();
        values.add(
            RandomSubscribers.value(
                random.nextBoolean() ? new Uniform(0, 1) : new Power(2),
                additive ? Valuation.ADDITIVE : Valuation.MULTIPLICATIVE,
                0.3 + random.nextDouble()));
        types[i] = 0.3 + 0.7 * random.nextDouble();
        scales[i] = 0.5 + random.nextDouble();
      }
    }

    int size() {
      return types.length;
    }

    List<RevenueBidder> bidders(int... states) {
      List<RevenueBidder> all = new ArrayList<>();
      for (int i = 0; i < size(); i++) {
        MarkovArm arm = MarkovArm.of(rewards.get(i), transitions.get(i));
        Contestant contestant = new Contestant(arm, states[i], scales[i]);
        all.add(new RevenueBidder(contestant, values.get(i), types[i]));
      }
      return all;
    }

    /** alpha v + beta by the formulas written out. */
    double virtual(int i, int state) {
      double s0 = types[i];
      boolean uniform = values.get(i).type().distribution() instanceof Uniform;
      double h = uniform ? 1 - s0 : (1 - s0 * s0) / (2 * s0);
      double b = scales[i] * rewards.get(i)[state];
      double y = s0 - h;
      return values.get(i).multiplicative() ? y * b : y * values.get(i).constant() + b;
    }

    boolean counts(int i) {
      return !values.get(i).multiplicative() || virtual(i, 0) / rewards.get(i)[0] > 0;
    }

    /** The joint programme without one bidder (-1 for none), by value iteration. */
    double[] joint(int without) {
      int profiles = (int) Math.pow(STATES, size());
      double[] w = new double[profiles];
      for (int sweep = 0; sweep < 400; sweep++) {
        double[] next = new double[profiles];
        for (int p = 0; p < profiles; p++) {
          double best = outside + discount * w[p];
          for (int i = 0, unit = 1; i < size(); i++, unit *= STATES) {
            if (i != without && counts(i)) {
              int s = p / unit % STATES;
              double value = virtual(i, s);
              for (int t = 0; t < STATES; t++) {
                value += discount * transitions.get(i)[s * STATES + t] * w[p + (t - s) * unit];
              }
              best = Math.max(best, value);
            }
          }
          next[p] = best;
        }
        w = next;
      }
      return w;
    }
  }

  /** Value iteration stops within 0.9^400 of the fixed point, 1e-18 of it. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void isTheJointProgrammeOfVirtualValues(long seed) {
    Case c = new Case(seed);
    int n = c.size();
    double[] all = c.joint(-1);
    double[][] without = new double[n][];
    for (int i = 0; i < n; i++) {
      without[i] = c.joint(i);
    }
    int[] states = new int[n];
    for (int p = 0; p < all.length; p++) {
      for (int i = 0, rest = p; i < n; i++, rest /= STATES) {
        states[i] = rest % STATES;
      }
      RevenueAuction held = hold(c.bidders(states), c.discount, c.outside);
      assertThat(held.welfare()).isNotNull();
      assertThat(held.welfare().welfare()).isCloseTo(all[p], within(1e-11));
      assertThat(held.welfareWithout()).isNotNull();
      assertThat(held.payments()).isNotNull();
      for (int i = 0; i < n; i++) {
        assertThat(held.included(i)).isEqualTo(c.counts(i));
        assertThat(held.welfareWithout()[i]).isCloseTo(without[i][p], within(1e-11));
      }
      if (held.winner().isEmpty()) {
        continue;
      }
      // The payment once more, as value less flow marginal contribution over alpha.
      int w = held.winner().getAsInt();
      int unit = (int) Math.pow(STATES, w);
      double marginal = all[p] - without[w][p];
      for (int t = 0; t < STATES; t++) {
        int next = p + (t - states[w]) * unit;
        marginal -=
            c.discount
                * c.transitions.get(w)[states[w] * STATES + t]
                * (all[next] - without[w][next]);
      }
      double b = c.scales[w] * c.rewards.get(w)[states[w]];
      double own =
          c.values.get(w).multiplicative()
              ? c.types[w] * b
              : c.types[w] * c.values.get(w).constant() + b;
      assertThat(held.payments()[w]).isCloseTo(own - marginal / held.alpha()[w], within(1e-10));
    }
  }

  @Test
  void excludedBiddersHaveNoIndex() {
    RevenueBidder low =
        new RevenueBidder(
            new Contestant(new BetaBernoulliArm(1, 1), 0, 1), RandomSubscribers.uniform(), 0.4);
    RevenueBidder zero =
        new RevenueBidder(
            new Contestant(new BetaBernoulliArm(1, 1), 0, 1), RandomSubscribers.uniform(), 0);
    RevenueAuction held = hold(List.of(low, zero), 0.9, 0.1);
    assertThat(held.indices()).containsExactly(Double.NaN, Double.NaN);
    assertThat(held.alpha()[0]).isCloseTo(-0.5, within(1e-15));
    assertThat(held.alpha()[1]).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(held.winner()).isEmpty();
    assertThat(held.payments()).containsExactly(0, 0);
    assertThat(held.welfareWithout()).containsExactly(new double[] {1, 1}, within(1e-12));
  }

  @Test
  void normalArmsHaveVirtualIndicesOnly() {
    RevenueBidder normal =
        new RevenueBidder(
            new Contestant(new NormalArm(0, 1, 0.6), 0, 1),
            RandomSubscribers.value(new Uniform(0, 1), Valuation.ADDITIVE, 1),
            0.7);
    RevenueAuction held = hold(List.of(normal), 0.9, 0);
    assertThat(held.indices()[0]).isCloseTo(0.8479502422285461, within(1e-8));
    assertThat(held.payments()).isNull();
  }

  @Test
  void refusesTypes() {
    Contestant contestant = new Contestant(new BetaBernoulliArm(1, 1), 0, 1);
    assertThatThrownBy(() -> new RevenueBidder(contestant, RandomSubscribers.uniform(), 1.5))
        .hasMessage("initialType must lie in the support of its distribution, [0.0, 1.0]: 1.5");
    PrivateValue negative =
        RandomSubscribers.value(new Uniform(-1, 1), Valuation.MULTIPLICATIVE, 1);
    assertThatThrownBy(() -> new RevenueBidder(contestant, negative, -0.5))
        .hasMessage("A(initialType) must be at least 0 for multiplicative values: -0.5");
  }
}
