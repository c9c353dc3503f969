package bellwether.batch.kind;

import bellwether.batch.array.NumberArrays;
import bellwether.batch.distribution.DistributionReader;
import bellwether.batch.tree.Fields;
import bellwether.batch.tree.KeyPath;
import bellwether.batch.tree.Mistakes;
import bellwether.batch.tree.Node;
import bellwether.batch.tree.Range;
import bellwether.batch.tree.Shown;
import bellwether.core.distribution.Distribution;
import bellwether.mechanisms.population.CorrelatedPopulation;
import bellwether.mechanisms.population.Segment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code correlatedPopulation}: one object, a bidder now and one later, types correlated. */
final class CorrelatedPopulationKind implements JobKind {
  private static final Range DISCOUNT =
      new Range(0, false, 1, true, "a number greater than 0 and at most 1");
  private static final String SEGMENTS =
      "a list of {upTo, values, probabilities}, in increasing order";

  @Override
  public String name() {
    return "correlatedPopulation";
  }

  @Override
  public String summary() {
    return "one object, a bidder now and one later, types correlated: who is served, payments";
  }

  @Override
  public List<KeyDoc> keys() {
    return List.of(
        new KeyDoc(
            "segments",
            SEGMENTS,
            "required",
            "the law of theta1 for theta0 from the upTo before to this one"),
        new KeyDoc("support", "[low, high]", "[0, 1]", "of theta0"),
        new KeyDoc("discount", DISCOUNT.words(), "1", "weight of period 1"),
        new KeyDoc("distribution", "a distribution", "none", "of theta0, for expectedWelfare"),
        new KeyDoc("theta0", "a number in the support", "none", "bidder 0's report"),
        new KeyDoc("theta1", "a number", "none", "bidder 1's report; with theta0"));
  }

  @Override
  public List<String> notes() {
    List<String> notes =
        new ArrayList<>(
            List.of(
                "Bidder 0 is there in period 0 only and is served iff theta0 >= d E[theta1 |"
                    + " theta0].",
                "Result: regions, the intervals of theta0 in which it is; monotone, whether they"
                    + " are an",
                "up-set; implementableOnline, by payments in period 0 alone; with theta0:"
                    + " allocation,",
                "expectedLaterValue, utility0; with theta1: payments, in money of period 1;",
                "maxIncentiveGain; dominantStrategyGain, over constant reports of bidder 1, and",
                "dominantStrategy; with a distribution: expectedWelfare.",
                "Distributions:"));
    notes.addAll(DistributionReader.notes());
    return List.copyOf(notes);
  }

  @Override
  public String example() {
    return """
    job: correlatedPopulation
    segments:
      - {upTo: 0.5, values: [0, 1], probabilities: [0.75, 0.25]}
      - {upTo: 1, values: [0, 1], probabilities: [0.25, 0.75]}
    distribution: {type: uniform, low: 0, high: 1}
    theta0: 0.4
    theta1: 1
    """;
  }

  @Override
  public Job read(Fields job, CommonKeys common, NumberArrays arrays) {
    Mistakes mistakes = job.mistakes();
    long before = mistakes.count();
    double discount = job.number("discount", DISCOUNT, 1);
    double[] support = support(job, arrays);
    List<Segment> segments = segments(job, arrays, support);
    Distribution distribution =
        job.has("distribution")
            ? new DistributionReader(mistakes, arrays).read(job, "distribution")
            : null;
    Double theta0 = null;
    if (job.has("theta0")) {
      String words = "a number from " + support[0] + " to " + support[1];
      theta0 = job.number("theta0", new Range(support[0], true, support[1], true, words));
    }
    Double theta1 = job.has("theta1") ? job.number("theta1", Range.FINITE) : null;
    if (theta1 != null && theta0 == null && !job.has("theta0")) {
      Node node = job.optional("theta1");
      mistakes.add(
          node == null ? job.position() : node.position(),
          job.path().key("theta1"),
          "only with theta0",
          String.valueOf(theta1),
          "both, or neither");
    }
    if (mistakes.count() > before) {
      return resources -> {
        throw new IllegalStateException("the job is not whole");
      };
    }
    CorrelatedPopulation population =
        CorrelatedPopulation.of(discount, support[0], support[1], segments);
    Double first = theta0;
    Double second = theta1;
    return resources -> solve(population, distribution, first, second);
  }

  private static double[] support(Fields job, NumberArrays arrays) {
    Node node = job.optional("support");
    if (node == null) {
      return new double[] {0, 1};
    }
    KeyPath path = job.path().key("support");
    double[] support = arrays.vector(node, path);
    if (support.length == 2 && support[0] < support[1]) {
      return support;
    }
    if (support.length > 0) {
      job.mistakes().add(node.position(), path, "not an interval", node.shown(), "[low, high]");
    }
    return new double[] {0, 1};
  }

  private static List<Segment> segments(Fields job, NumberArrays arrays, double[] support) {
    Mistakes mistakes = job.mistakes();
    List<Node> nodes = job.list("segments", false, false, SEGMENTS);
    List<Segment> segments = new ArrayList<>();
    double end = support[0];
    for (int k = 0; k < nodes.size(); k++) {
      KeyPath path = job.path().key("segments").index(k);
      Node.ObjectNode object = Fields.object(mistakes, nodes.get(k), path, SEGMENTS);
      if (object == null) {
        continue;
      }
      long before = mistakes.count();
      Fields fields =
          new Fields(object, path, mistakes, List.of("upTo", "values", "probabilities"));
      double upTo = fields.number("upTo", Range.FINITE);
      Node values = fields.required("values", "a list of numbers");
      Node probabilities = fields.required("probabilities", "a list of probabilities");
      if (values == null || probabilities == null || mistakes.count() > before) {
        continue;
      }
      boolean last = k == nodes.size() - 1;
      if (!(upTo > end) || (last ? upTo != support[1] : !(upTo < support[1]))) {
        Node node = fields.optional("upTo");
        mistakes.add(
            node == null ? object.position() : node.position(),
            path.key("upTo"),
            "out of order",
            Shown.number(upTo),
            last
                ? "where the support ends, " + Shown.number(support[1])
                : "above " + Shown.number(end) + " and below " + Shown.number(support[1]));
        continue;
      }
      end = upTo;
      double[] v = arrays.vector(values, path.key("values"));
      double[] p = arrays.vector(probabilities, path.key("probabilities"));
      if (mistakes.count() > before) {
        continue;
      }
      try {
        segments.add(new Segment(upTo, v, p));
      } catch (IllegalArgumentException e) {
        mistakes.add(object.position(), path, String.valueOf(e.getMessage()));
      }
    }
    return segments;
  }

  private static Outcome solve(
      CorrelatedPopulation population,
      @Nullable Distribution distribution,
      @Nullable Double theta0,
      @Nullable Double theta1)
      throws JobFailedException {
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    boolean monotone = population.monotone();
    result.put("regions", population.regions());
    result.put("monotone", monotone);
    result.put("implementableOnline", monotone);
    if (theta0 != null) {
      result.put("allocation", population.allocation(theta0));
      result.put("expectedLaterValue", population.expectedLaterValue(theta0));
      if (theta1 != null) {
        result.put("payments", population.payments(theta0, theta1));
      }
      result.put("utility0", population.utility(theta0));
    }
    result.put("maxIncentiveGain", population.maxIncentiveGain());
    double gain = population.dominantStrategyGain();
    result.put("dominantStrategyGain", gain);
    result.put("dominantStrategy", gain == 0);
    if (distribution != null) {
      try {
        result.put("expectedWelfare", population.expectedWelfare(distribution));
      } catch (IllegalArgumentException e) {
        throw new JobFailedException(String.valueOf(e.getMessage()), e);
      }
    }
    return new Outcome(result, Map.of("method", "closed forms, segment by segment"));
  }
}
