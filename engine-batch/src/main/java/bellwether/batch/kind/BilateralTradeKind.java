package bellwether.batch.kind;

import bellwether.batch.array.NumberArrays;
import bellwether.batch.array.NumberTable;
import bellwether.batch.array.TableReader;
import bellwether.batch.tree.Fields;
import bellwether.batch.tree.KeyPath;
import bellwether.batch.tree.Mistakes;
import bellwether.batch.tree.Node;
import bellwether.batch.tree.Range;
import bellwether.batch.tree.Shown;
import bellwether.mechanisms.trade.BilateralTrade;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code bilateralTrade}: can a seller and a buyer trade efficiently without a subsidy? */
final class BilateralTradeKind implements JobKind {
  private static final Range WITH_HORIZON = new Range(0, true, 1, true, "a number from 0 to 1");
  private static final int MOST_PERIODS = 1_000_000_000;
  private static final int MOST_VALUES = 1_000;
  private static final String SIDE = "an object with initial and transition";
  private static final String MATRIX = "transition [type][type]: nested lists, or {file: P.npy}";
  private static final double TOLERANCE = 1e-9;

  @Override
  public String name() {
    return "bilateralTrade";
  }

  @Override
  public String summary() {
    return "repeated bilateral trade under the dynamic pivot mechanism: deficit, fees, discount";
  }

  @Override
  public List<KeyDoc> keys() {
    return List.of(
        new KeyDoc("values", "list of numbers, increasing", "required", "of both sides"),
        new KeyDoc("seller", SIDE, "required", "how the seller's value moves"),
        new KeyDoc("buyer", SIDE, "required", "how the buyer's value moves"),
        new KeyDoc("seller.initial", "list of probabilities", "required", "also buyer.initial"),
        new KeyDoc("seller.transition", "P[type][type]", "required", "also buyer.transition"),
        new KeyDoc(
            "discount",
            "a number at least 0 and less than 1, or 1 with a horizon",
            "required",
            "weight of the next period"),
        new KeyDoc("horizon", "an integer at least 1, or null", "null, infinite", "periods"));
  }

  @Override
  public List<String> notes() {
    return List.of(
        "X = sum_t d^t Ps^t V (Pb')^t, V = max(buyer's value - seller's, 0).",
        "Result: expectedDeficit x'X y; sellerPayoffs X y, buyerPayoffs x'X, and maxSellerFee and",
        "maxBuyerFee, their least entries over all types; surplus = fees - deficit; balanced;",
        "criticalDiscount, the supremum of the discounts at which the surplus is negative: 0 if",
        "there is none, null if it is negative arbitrarily close to 1 (with a horizon: at 1).");
  }

  @Override
  public String example() {
    return """
    job: bilateralTrade
    values: [0, 1]
    seller: {initial: [0.5, 0.5], transition: [[0.7, 0.3], [0.3, 0.7]]}
    buyer: {initial: [0.5, 0.5], transition: [[0.7, 0.3], [0.3, 0.7]]}
    discount: 0.8
    """;
  }

  /** One side as it was read. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Side(double[] initial, double[][] transition) {}

  @Override
  public Job read(Fields job, CommonKeys common, NumberArrays arrays) {
    Mistakes mistakes = job.mistakes();
    long before = mistakes.count();
    double[] values = values(job, arrays);
    int horizon = 0;
    Node node = job.optional("horizon");
    if (node != null && !(node instanceof Node.NullNode)) {
      horizon =
          (int)
              job.integer(
                  "horizon", 1, MOST_PERIODS, "an integer from 1 to " + MOST_PERIODS + ", or null");
    }
    double discount = job.number("discount", horizon > 0 ? WITH_HORIZON : Range.DISCOUNT);
    Side seller = side(job, "seller", values.length, arrays);
    Side buyer = side(job, "buyer", values.length, arrays);
    if (seller == null || buyer == null || mistakes.count() > before) {
      return resources -> {
        throw new IllegalStateException("the job is not whole");
      };
    }
    BilateralTrade trade =
        BilateralTrade.of(
            values,
            seller.initial(),
            seller.transition(),
            buyer.initial(),
            buyer.transition(),
            horizon);
    return resources -> solve(trade, discount);
  }

  private static Outcome solve(BilateralTrade trade, double discount) {
    BilateralTrade.Budget budget = trade.budget(discount);
    double critical = trade.criticalDiscount();
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    result.put("expectedDeficit", budget.expectedDeficit());
    result.put("maxSellerFee", budget.maxSellerFee());
    result.put("maxBuyerFee", budget.maxBuyerFee());
    result.put("sellerPayoffs", budget.sellerPayoffs());
    result.put("buyerPayoffs", budget.buyerPayoffs());
    result.put("surplus", budget.surplus());
    result.put("balanced", budget.balanced());
    result.put("criticalDiscount", Double.isNaN(critical) ? null : critical);
    Map<String, @Nullable Object> certificate = new LinkedHashMap<>();
    certificate.put("method", "doubled sums; the critical discount by bracketing from above");
    if (Double.isNaN(critical)) {
      certificate.put("criticalDiscount", "the surplus is negative at and near 1");
    }
    return new Outcome(result, certificate);
  }

  private static double[] values(Fields job, NumberArrays arrays) {
    Node node = job.required("values", "a list of increasing numbers");
    if (node == null) {
      return new double[0];
    }
    KeyPath path = job.path().key("values");
    double[] values = arrays.vector(node, path);
    if (values.length > MOST_VALUES) {
      job.mistakes()
          .add(
              node.position(),
              path,
              "too many",
              String.valueOf(values.length),
              "at most " + MOST_VALUES);
    }
    for (int k = 1; k < values.length; k++) {
      if (!(values[k] > values[k - 1])) {
        job.mistakes()
            .add(
                node.position(),
                path.index(k),
                "not increasing",
                Shown.number(values[k]),
                "a number above " + Shown.number(values[k - 1]));
      }
    }
    return values;
  }

  private static @Nullable Side side(Fields job, String key, int types, NumberArrays arrays) {
    Mistakes mistakes = job.mistakes();
    KeyPath path = job.path().key(key);
    Node node = job.required(key, SIDE);
    Node.ObjectNode object = node == null ? null : Fields.object(mistakes, node, path, SIDE);
    if (object == null || types == 0) {
      return null;
    }
    long before = mistakes.count();
    Fields fields = new Fields(object, path, mistakes, List.of("initial", "transition"));
    Node initialNode = fields.required("initial", "a list of probabilities");
    Node transitionNode = fields.required("transition", MATRIX);
    if (initialNode == null || transitionNode == null) {
      return null;
    }
    KeyPath initialPath = path.key("initial");
    double[] initial = arrays.vector(initialNode, initialPath);
    if (initial.length > 0 && initial.length != types) {
      mistakes.add(
          initialNode.position(),
          initialPath,
          "sizes differ",
          initial.length + " probabilities",
          types + ", one for each value");
    } else if (initial.length > 0) {
      String wrong = wrong(initial, 0, types);
      if (wrong != null) {
        mistakes.add(initialNode.position(), initialPath, wrong, "a list", "a law, sum 1");
      }
    }
    NumberTable table =
        new TableReader(mistakes, arrays)
            .table(transitionNode, path.key("transition"), 2, 2, MATRIX);
    if (table == null || mistakes.count() > before) {
      return null;
    }
    if (table.side(0) != types || table.side(1) != types) {
      table.wrong("wrong shape", table.shape(), types + " x " + types);
      return null;
    }
    double[][] transition = new double[types][types];
    for (int r = 0; r < types; r++) {
      System.arraycopy(table.values(), r * types, transition[r], 0, types);
      String wrong = wrong(transition[r], r, types);
      if (wrong != null) {
        table.wrongRow(r * types, wrong, "a row", "probabilities that sum to 1 within 1e-9");
      }
    }
    return mistakes.count() > before ? null : new Side(initial, transition);
  }

  /** What is wrong with a law, or null. */
  private static @Nullable String wrong(double[] law, int row, int types) {
    double sum = 0;
    for (int t = 0; t < types; t++) {
      if (!(law[t] >= 0 && law[t] <= 1 + TOLERANCE)) {
        return "entry " + t + " is not a probability, " + Shown.number(law[t]);
      }
      sum += law[t];
    }
    return Math.abs(sum - 1) <= TOLERANCE
        ? null
        : "row " + row + " does not sum to 1 but to " + Shown.number(sum);
  }
}
