package bellwether.mechanisms.auction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bellwether.core.parallel.Workers;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BanditAuctionTest {
  private static final Workers ONE = Workers.of(1);

  static IntStream seeds() {
    return IntStream.range(0, 120);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void agreesWithTheJointProgram(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double discount = random.nextDouble(0.3, 0.95);
    double outsideValue = random.nextBoolean() ? 0 : random.nextDouble(-2, 1.5);
    int n = random.nextInt(1, 4);
    List<MarkovArmSteps> arms = new ArrayList<>();
    List<Bidder> bidders = new ArrayList<>();
    int[] states = new int[n];
    double[] indices = new double[n];
    for (int i = 0; i < n; i++) {
      boolean shared = i > 0 && random.nextInt(3) == 0;
      MarkovArmSteps arm =
          shared ? arms.get(i - 1) : MarkovArmSteps.random(random, random.nextInt(1, 5), discount);
      arms.add(arm);
      states[i] = random.nextInt(arm.n);
      indices[i] = arm.index[states[i]];
      bidders.add(Bidder.of(arm.steps(states[i])));
    }
    BanditAuction auction = BanditAuction.hold(bidders, indices, discount, outsideValue, ONE);
    double joint = MarkovArmSteps.jointWelfare(arms, states, outsideValue, -1);
    assertThat(auction.welfare().welfare()).isCloseTo(joint, within(1e-11));
    for (int i = 0; i < n; i++) {
      double without = MarkovArmSteps.jointWelfare(arms, states, outsideValue, i);
      assertThat(auction.welfare().welfareWithout(i)).isCloseTo(without, within(1e-11));
      boolean wins = auction.winner().isPresent() && auction.winner().getAsInt() == i;
      assertThat(auction.payment(i)).isCloseTo(wins ? (1 - discount) * without : 0, within(1e-11));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void weightsChangeRewardsAndPaymentsAreInOwnReward(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double discount = random.nextDouble(0.3, 0.9);
    List<MarkovArmSteps> weighted = new ArrayList<>();
    List<Bidder> bidders = new ArrayList<>();
    int[] states = new int[2];
    double[] indices = new double[2];
    AffineWeight[] weights = new AffineWeight[2];
    for (int i = 0; i < 2; i++) {
      MarkovArmSteps arm = MarkovArmSteps.random(random, random.nextInt(1, 5), discount);
      AffineWeight weight =
          new AffineWeight(random.nextDouble(0.1, 3), random.nextDouble(-0.5, 0.5));
      double[] rewards = arm.rewards.clone();
      for (int s = 0; s < arm.n; s++) {
        rewards[s] = weight.scale() * rewards[s] + weight.shift();
      }
      weighted.add(new MarkovArmSteps(rewards, arm.transition, discount));
      states[i] = random.nextInt(arm.n);
      indices[i] = weight.scale() * arm.index[states[i]] + weight.shift();
      assertThat(indices[i]).isCloseTo(weighted.get(i).index[states[i]], within(1e-12));
      weights[i] = weight;
      bidders.add(Bidder.of(arm.steps(states[i]), weight));
    }
    BanditAuction auction = BanditAuction.hold(bidders, indices, discount, 0.1, ONE);
    assertThat(auction.welfare().welfare())
        .isCloseTo(MarkovArmSteps.jointWelfare(weighted, states, 0.1, -1), within(1e-11));
    auction
        .winner()
        .ifPresent(
            i -> {
              double without = MarkovArmSteps.jointWelfare(weighted, states, 0.1, i);
              assertThat(auction.payment(i))
                  .isCloseTo(
                      ((1 - discount) * without - weights[i].shift()) / weights[i].scale(),
                      within(1e-10));
            });
  }

  @Test
  void tiesGoToTheLowestBidderAndTheOutsideOptionWinsItsOwn() {
    MarkovArmSteps half = new MarkovArmSteps(new double[] {0.5}, new double[] {1}, 0.9);
    MarkovArmSteps low = new MarkovArmSteps(new double[] {0.2}, new double[] {1}, 0.9);
    List<Bidder> bidders =
        List.of(Bidder.of(low.steps(0)), Bidder.of(half.steps(0)), Bidder.of(half.steps(0)));
    double[] indices = {0.2, 0.5 - 1e-12, 0.5};
    BanditAuction auction = BanditAuction.hold(bidders, indices, 0.9, 0, ONE);
    assertThat(auction.winner()).hasValue(1);
    assertThat(auction.payment(1)).isCloseTo(0.5, within(1e-15));
    assertThat(BanditAuction.hold(bidders, indices, 0.9, 0.5, ONE).winner()).isEmpty();
    assertThat(BanditAuction.hold(List.of(), new double[0], 0.9, 0.5, ONE).winner()).isEmpty();
  }

  @Test
  void namesTheArgumentThatIsWrong() {
    MarkovArmSteps half = new MarkovArmSteps(new double[] {0.5}, new double[] {1}, 0.9);
    List<Bidder> bidders = List.of(Bidder.of(half.steps(0)));
    assertThatThrownBy(() -> BanditAuction.hold(bidders, new double[2], 0.9, 0, ONE))
        .hasMessage("indices must have one entry a bidder, 1: 2");
    assertThatThrownBy(() -> BanditAuction.hold(bidders, new double[] {Double.NaN}, 0.9, 0, ONE))
        .hasMessage("indices[0] must be finite: NaN");
    assertThatThrownBy(() -> BanditAuction.hold(bidders, new double[1], 1, 0, ONE))
        .hasMessage("discount must be in [0, 1): 1.0");
  }

  record Reference(String id, JsonNode content) {
    @Override
    public String toString() {
      return id;
    }
  }

  /** The cases about welfare; those about revenue add virtual weights above this class. */
  static Stream<Reference> references() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            BanditAuctionTest.class.getResourceAsStream("/reference/banditAuction.json"))) {
      List<Reference> cases = new ArrayList<>();
      for (JsonNode one : JsonMapper.shared().readTree(in)) {
        if (one.get("job").get("objective").asString().equals("welfare")) {
          cases.add(new Reference(one.get("id").asString(), one));
        }
      }
      return cases.stream();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("references")
  void agreesWithReference(Reference reference) {
    JsonNode job = reference.content.get("job");
    JsonNode expect = reference.content.get("expect");
    double tolerance = reference.content.get("tolerance").asDouble();
    double discount = job.get("discount").asDouble();
    JsonNode outside = job.get("outsideValue");
    List<MarkovArmSteps> library = new ArrayList<>();
    if (job.has("arms")) {
      job.get("arms").forEach(arm -> library.add(arm(arm, discount)));
    }
    List<Bidder> bidders = new ArrayList<>();
    List<Double> indices = new ArrayList<>();
    for (JsonNode bidder : job.get("bidders")) {
      JsonNode ref = bidder.get("arm");
      MarkovArmSteps arm = ref.isNumber() ? library.get(ref.asInt()) : arm(ref, discount);
      int state = bidder.get("state").asInt();
      bidders.add(Bidder.of(arm.steps(state)));
      indices.add(arm.index[state]);
    }
    double[] index = indices.stream().mapToDouble(x -> x).toArray();
    BanditAuction auction =
        BanditAuction.hold(bidders, index, discount, outside == null ? 0 : outside.asDouble(), ONE);
    assertThat(auction.indices()).containsExactly(numbers(expect, "indices"), within(tolerance));
    assertThat(auction.welfare().welfare())
        .isCloseTo(expect.get("welfare").asDouble(), within(tolerance));
    assertThat(auction.welfare().welfareWithout())
        .containsExactly(numbers(expect, "welfareWithout"), within(tolerance));
    assertThat(auction.payments()).containsExactly(numbers(expect, "payments"), within(tolerance));
    JsonNode winner = expect.get("winner");
    assertThat(auction.winner().orElse(-1)).isEqualTo(winner.isNull() ? -1 : winner.asInt());
  }

  private static double[] numbers(JsonNode node, String name) {
    return node.get(name).valueStream().mapToDouble(JsonNode::asDouble).toArray();
  }

  private static MarkovArmSteps arm(JsonNode arm, double discount) {
    double[] transition =
        arm.get("transition")
            .valueStream()
            .flatMap(JsonNode::valueStream)
            .mapToDouble(JsonNode::asDouble)
            .toArray();
    return new MarkovArmSteps(numbers(arm, "rewards"), transition, discount);
  }
}
