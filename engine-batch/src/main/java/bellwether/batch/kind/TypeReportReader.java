package bellwether.batch.kind;

import bellwether.batch.array.NumberArrays;
import bellwether.batch.distribution.DistributionReader;
import bellwether.batch.distribution.PrivateTypeReader;
import bellwether.batch.tree.Fields;
import bellwether.batch.tree.KeyPath;
import bellwether.batch.tree.Mistakes;
import bellwether.batch.tree.Node;
import bellwether.batch.tree.Range;
import bellwether.batch.tree.Shown;
import bellwether.core.bandit.Arm;
import bellwether.core.bandit.FiniteArm;
import bellwether.core.bandit.MarkovArm;
import bellwether.mechanisms.revenue.PrivateValue;
import bellwether.mechanisms.virtual.PrivateType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what bidders of an auction for revenue tell of themselves: {@code initialType} beside
 * {@code distribution}, {@code A}, {@code valuation} and {@code C}. What a bidder does not give of
 * the last four holds as it stands at the top of the job, for all bidders.
 */
final class TypeReportReader {
  /** The keys that may stand at the top. */
  static final List<String> SHARED = List.of("distribution", "A", "valuation", "C");

  private final Fields job;
  private final NumberArrays arrays;
  private final Mistakes mistakes;
  private final PrivateTypeReader types;
  private final @Nullable PrivateValue shared;
  private final boolean sharedWrong;

  TypeReportReader(Fields job, NumberArrays arrays) {
    this.job = job;
    this.arrays = arrays;
    mistakes = job.mistakes();
    types = new PrivateTypeReader(mistakes, new DistributionReader(mistakes, arrays));
    long before = mistakes.count();
    shared = job.has("distribution") ? value(job) : null;
    sharedWrong = mistakes.count() > before;
  }

  /** What holds for bidders that give nothing but their type; null without a distribution. */
  @Nullable PrivateValue shared() {
    return shared;
  }

  /**
   * The report of one bidder; null after a mistake.
   *
   * @param arm the bidder's, null after a mistake in it
   */
  @Nullable TypeReport read(Fields bidder, Node.ObjectNode object, @Nullable Arm arm) {
    PrivateValue value = shared;
    if (shared == null || SHARED.stream().anyMatch(bidder::has)) {
      if (sharedWrong) {
        return null;
      }
      value = value(merged(bidder, object));
    }
    double initialType = bidder.number("initialType", Range.FINITE);
    Node node = bidder.optional("initialType");
    if (value == null || node == null) {
      return null;
    }
    String wrong = wrong(value, initialType);
    if (wrong != null) {
      mistakes.add(
          node.position(), bidder.path().key("initialType"), wrong, node.shown(), allowed(value));
      return null;
    }
    long before = mistakes.count();
    double[] initial = arm == null ? null : initial(bidder, arm);
    return mistakes.count() > before ? null : new TypeReport(value, initialType, initial);
  }

  /** The law of the state, by state. */
  private double @Nullable [] initial(Fields bidder, Arm arm) {
    Node node = bidder.optional("initial");
    if (node == null) {
      return null;
    }
    KeyPath path = bidder.path().key("initial");
    if (!(arm instanceof FiniteArm finite)) {
      mistakes.add(
          node.position(), path, "not for an arm without states", node.shown(), "no initial");
      return null;
    }
    double[] law = arrays.vector(node, path);
    if (law.length != finite.states() && law.length > 0) {
      mistakes.add(
          node.position(),
          path,
          "sizes differ",
          law.length + (law.length == 1 ? " probability" : " probabilities"),
          finite.states() + ", one for each state");
      return null;
    }
    double sum = 0;
    for (int s = 0; s < law.length; s++) {
      if (!(law[s] >= 0 && law[s] <= 1 + MarkovArm.ROW_TOLERANCE)) {
        mistakes.add(
            node.position(),
            path.index(s),
            law[s] < 0 ? "negative probability" : "not a probability",
            Shown.number(law[s]),
            "a number from 0 to 1");
        return null;
      }
      sum += law[s];
    }
    if (law.length > 0 && !(Math.abs(sum - 1) <= MarkovArm.ROW_TOLERANCE)) {
      mistakes.add(
          node.position(),
          path,
          "does not sum to 1",
          "a sum of " + Shown.number(sum),
          "1 within 1e-9");
    }
    return law;
  }

  /** What is wrong with a type, or null. */
  static @Nullable String wrong(PrivateValue value, double initialType) {
    if (!value.type().supports(initialType)) {
      return "outside the support of distribution";
    }
    if (value.multiplicative() && !(value.type().function().value(initialType) >= 0)) {
      return "A is negative there, which multiplicative values do not allow";
    }
    return null;
  }

  /** The types that are allowed. */
  static String allowed(PrivateValue value) {
    String interval =
        "a number from "
            + Shown.number(value.type().distribution().low())
            + " to "
            + Shown.number(value.type().distribution().high());
    return value.multiplicative() ? interval + " where A is at least 0" : interval;
  }

  /** The bidder's keys and, of the shared ones, those that it does not have. */
  private Fields merged(Fields bidder, Node.ObjectNode object) {
    List<Node.Member> members = new ArrayList<>();
    for (String key : SHARED) {
      Node.Member own = object.member(key);
      Node top = job.optional(key);
      if (own != null) {
        members.add(own);
      } else if (top != null) {
        members.add(new Node.Member(key, top.position(), top));
      }
    }
    Node.ObjectNode all = new Node.ObjectNode(object.position(), List.copyOf(members));
    return new Fields(all, bidder.path(), mistakes, SHARED);
  }

  private @Nullable PrivateValue value(Fields fields) {
    PrivateType type = types.read(fields);
    double constant = fields.number("C", Range.NOT_NEGATIVE, 1);
    return type == null ? null : new PrivateValue(type, constant);
  }
}
