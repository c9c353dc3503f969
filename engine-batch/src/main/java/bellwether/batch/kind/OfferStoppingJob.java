package bellwether.batch.kind;

import bellwether.batch.array.NumberArrays;
import bellwether.batch.distribution.DistributionReader;
import bellwether.batch.tree.Fields;
import bellwether.batch.tree.Node;
import bellwether.batch.tree.Range;
import bellwether.core.distribution.Distribution;
import bellwether.core.stopping.OfferStopping;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Problem {@code offers}, as it was read.
 *
 * @param horizon the most offers, 0 for no end
 */
record OfferStoppingJob(OfferStopping problem, int horizon, boolean recall) implements Job {
  static final Range DISCOUNT = new Range(0, true, 1, true, "a number from 0 to 1");
  static final String HORIZON = "an integer from 1 to " + OfferStopping.MOST_OFFERS + ", or null";

  static Job read(Fields job, NumberArrays arrays) {
    Distribution offers = new DistributionReader(job.mistakes(), arrays).read(job, "offers");
    Node node = job.optional("horizon");
    int horizon =
        node == null || node instanceof Node.NullNode
            ? 0
            : (int) job.integer("horizon", 1, OfferStopping.MOST_OFFERS, HORIZON);
    boolean recall = flag(job, "recall");
    double discount = job.number("discount", DISCOUNT, 1);
    double cost = job.number("searchCost", Range.NOT_NEGATIVE, 0);
    if (offers == null) {
      return OptimalStoppingKind.NONE;
    }
    if (horizon == 0 && discount == 1 && cost == 0 && Double.isInfinite(offers.high())) {
      job.mistakes()
          .add(
              job.position(),
              job.path().key("searchCost"),
              "offers without an upper bound, discount 1 and no cost have an infinite value",
              "0",
              "a searchCost greater than 0, a discount less than 1, or a horizon");
    }
    return new OfferStoppingJob(new OfferStopping(offers, discount, cost), horizon, recall);
  }

  private static boolean flag(Fields job, String key) {
    Node node = job.optional(key);
    if (node == null) {
      return false;
    }
    if (node instanceof Node.BooleanNode flag) {
      return flag.value();
    }
    job.mistakes()
        .add(node.position(), job.path().key(key), "not a flag", node.shown(), "true or false");
    return false;
  }

  @Override
  public Outcome solve(Resources resources) throws JobFailedException {
    OfferStopping.Rule rule =
        horizon == 0
            ? problem.withoutEnd()
            : recall ? problem.withRecall(horizon) : problem.withoutRecall(horizon);
    if (!Double.isFinite(rule.value())) {
      throw new JobFailedException("offers: the value overflows");
    }
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    result.put("value", rule.value());
    Map<String, @Nullable Object> certificate = new LinkedHashMap<>();
    if (horizon > 0 && !recall) {
      result.put("thresholds", rule.thresholds());
      certificate.put("method", "backwardInduction");
    } else {
      result.put("reservation", rule.reservation());
      certificate.put("method", "reservationPrice");
      if (Double.isInfinite(rule.reservation())) {
        certificate.put("reservation", "infinite: no offer is good enough before the last");
      }
    }
    return new Outcome(result, certificate);
  }
}
