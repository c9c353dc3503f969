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
    AffineMap[] weights = new AffineMap[2];
    for (int i = 0; i < 2; i++) {
      MarkovArmSteps arm = MarkovArmSteps.random(random, random.nextInt(1, 5), discount);
      AffineMap weight = new AffineMap(random.nextDouble(0.1, 3), random.nextDouble(-0.5, 0.5));
      double[] rewards = arm.rewards.clone();
      for (int s = 0; s < arm.n; s++) {
        rewards[s] = weight.scale() * rewards[s] + weight.shift();
      }
      weighted.add(new MarkovArmSteps(rewards, arm.transition, discount));
      states[i] = random.nextInt(arm.n);
      indices[i] = weight.scale() * arm.index[states[i]] + weight.shift();
      assertThat(indices[i]).isCloseTo(weighted.get(i).index[states[i]], within(1e-12));
      weights[i] = weight;
      bidders.add(new Bidder.Stepped(arm.steps(states[i]), AffineMap.IDENTITY, weight));
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

  /** All cases that report welfare. */
  static Stream<Reference> references() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            BanditAuctionTest.class.getResourceAsStream("/reference/banditAuction.json"))) {
      List<Reference> cases = new ArrayList<>();
      for (JsonNode one : JsonMapper.shared().readTree(in)) {
        if (one.get("expect").has("welfare")) {
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
    double outsideValue = job.has("outsideValue") ? job.get("outsideValue").asDouble() : 0;
    List<MarkovArmSteps> library = new ArrayList<>();
    if (job.has("arms")) {
      job.get("arms").forEach(arm -> library.add(arm(arm, discount)));
    }
    List<Bidder> bidders = new ArrayList<>();
    List<Integer> numbers = new ArrayList<>();
    List<Double> indices = new ArrayList<>();
    for (int i = 0; i < job.get("bidders").size(); i++) {
      // The reference gives virtual weights as results; a bidder without positive weight is out.
      AffineMap weight = AffineMap.IDENTITY;
      JsonNode bidder = job.get("bidders").get(i);
      if (expect.has("alpha")) {
        double alpha = expect.get("alpha").get(i).asDouble();
        if (alpha <= 0) {
          assertThat(expect.get("indices").get(i).isNull()).isTrue();
          assertThat(expect.get("welfareWithout").get(i)).isEqualTo(expect.get("welfare"));
          continue;
        }
        weight = new AffineMap(alpha, expect.get("beta").get(i).asDouble());
      }
      AffineMap value = value(bidder);
      JsonNode ref = bidder.get("arm");
      double index;
      if (ref.has("alpha")) {
        // Delta^200 / (1 - delta) is 7e-9: far less than the reference's tolerance.
        TruncatedBetaArm arm =
            new TruncatedBetaArm(
                ref.get("alpha").asDouble(), ref.get("beta").asDouble(), 200, discount);
        bidders.add(new Bidder.Curved(arm, value, weight));
        index = arm.lastBreakpoint() * (1 - discount);
      } else {
        MarkovArmSteps arm = ref.isNumber() ? library.get(ref.asInt()) : arm(ref, discount);
        int state = bidder.get("state").asInt();
        bidders.add(new Bidder.Stepped(arm.steps(state), value, weight));
        index = arm.index[state];
      }
      numbers.add(i);
      indices.add(bidders.getLast().objective().apply(index));
    }
    BanditAuction auction =
        BanditAuction.hold(
            bidders,
            indices.stream().mapToDouble(x -> x).toArray(),
            discount,
            outsideValue,
            new CurveOptions(1e-8, 100_000),
            ONE);
    assertThat(auction.welfare().welfare())
        .isCloseTo(expect.get("welfare").asDouble(), within(tolerance));
    for (int k = 0; k < numbers.size(); k++) {
      int i = numbers.get(k);
      assertThat(auction.indices()[k])
          .isCloseTo(expect.get("indices").get(i).asDouble(), within(tolerance));
      assertThat(auction.welfare().welfareWithout(k))
          .isCloseTo(expect.get("welfareWithout").get(i).asDouble(), within(tolerance));
      assertThat(auction.payment(k))
          .isCloseTo(expect.get("payments").get(i).asDouble(), within(tolerance));
    }
    JsonNode winner = expect.get("winner");
    assertThat(auction.winner().isPresent()).isEqualTo(!winner.isNull());
    if (auction.winner().isPresent()) {
      assertThat(numbers.get(auction.winner().getAsInt())).isEqualTo(winner.asInt());
    }
  }

  /** v = A(s0) r, or A(s0) C + r. */
  private static AffineMap value(JsonNode bidder) {
    if (!bidder.has("valuation")) {
      return AffineMap.IDENTITY;
    }
    double type = bidder.get("initialType").asDouble();
    JsonNode a = bidder.get("A");
    double ofType =
        switch (a.get("type").asString()) {
          case "identity" -> type;
          case "power" -> Math.pow(type, a.get("exponent").asDouble());
          case "affine" -> a.get("intercept").asDouble() + a.get("slope").asDouble() * type;
          default -> throw new IllegalArgumentException("A: " + a);
        };
    return bidder.get("valuation").asString().equals("multiplicative")
        ? AffineMap.scale(ofType)
        : new AffineMap(1, ofType * bidder.get("C").asDouble());
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
