package bellwether.batch.kind;

import bellwether.batch.array.NumberArrays;
import bellwether.batch.distribution.DistributionReader;
import bellwether.batch.distribution.PrivateTypeReader;
import bellwether.batch.mechanism.SignalReader;
import bellwether.batch.tree.Fields;
import bellwether.batch.tree.KeyPath;
import bellwether.batch.tree.Mistakes;
import bellwether.batch.tree.Node;
import bellwether.batch.tree.Range;
import bellwether.batch.tree.Shown;
import bellwether.core.distribution.Distribution;
import bellwether.mechanisms.contract.MenuAudit;
import bellwether.mechanisms.virtual.PrivateType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code contractMenu}: upfront payments and constant prices for one buyer who learns. */
final class ContractMenuKind implements JobKind {
  private static final Range WITH_HORIZON = new Range(0, true, 1, true, "a number from 0 to 1");
  private static final int MOST_PERIODS = 1_000_000_000;
  private static final int MOST_TYPES = 1_000_000;

  private static final Job NONE =
      resources -> {
        throw new IllegalStateException("the job is not whole");
      };

  @Override
  public String name() {
    return "contractMenu";
  }

  @Override
  public String summary() {
    return "the profit-maximizing menu of upfront payments and prices for one buyer who learns";
  }

  @Override
  public List<KeyDoc> keys() {
    return ContractMenuDocs.KEYS;
  }

  @Override
  public List<String> notes() {
    return ContractMenuDocs.notes();
  }

  @Override
  public String example() {
    return ContractMenuDocs.EXAMPLE;
  }

  @Override
  public Job read(Fields job, CommonKeys common, NumberArrays arrays) {
    Mistakes mistakes = job.mistakes();
    long before = mistakes.count();
    int horizon = 0;
    Node node = job.optional("horizon");
    if (node != null && !(node instanceof Node.NullNode)) {
      horizon =
          (int)
              job.integer(
                  "horizon", 1, MOST_PERIODS, "an integer from 1 to " + MOST_PERIODS + ", or null");
    }
    double discount = job.number("discount", horizon > 0 ? WITH_HORIZON : Range.DISCOUNT);
    double cost = job.number("cost", Range.NOT_NEGATIVE);
    PrivateType type =
        new PrivateTypeReader(mistakes, new DistributionReader(mistakes, arrays)).read(job);
    SignalReader.Read signal = new SignalReader(mistakes, arrays).read(job, "signal");
    if (signal != null && signal.length() > 0 && signal.length() != horizon) {
      mistakes.add(
          node == null ? job.position() : node.position(),
          job.path().key("horizon"),
          node == null ? "missing" : "not the length of signal.values",
          node == null ? "nothing" : node.shown(),
          String.valueOf(signal.length()));
    }
    Distribution distribution = type == null ? null : type.distribution();
    double[] types =
        distribution == null
            ? null
            : list(
                job,
                arrays,
                "types",
                new Range(
                    distribution.low(), true, distribution.high(), true, within(distribution)));
    double[] prices = list(job, arrays, "prices", Range.NOT_NEGATIVE);
    ContractMenuJob.Audit audit = distribution == null ? null : audit(job, distribution);
    if (type == null || signal == null || mistakes.count() > before) {
      return NONE;
    }
    return new ContractMenuJob(
        type, signal.signal(), discount, horizon, cost, types, prices, audit);
  }

  private static String within(Distribution distribution) {
    double low = distribution.low();
    double high = distribution.high();
    if (Double.isInfinite(low)) {
      return "a finite number";
    }
    return Double.isInfinite(high)
        ? "a finite number at least " + Shown.number(low)
        : "a number from " + Shown.number(low) + " to " + Shown.number(high);
  }

  /** Numbers within a range, or null where there are none. */
  private static double @Nullable [] list(
      Fields job, NumberArrays arrays, String key, Range range) {
    Node node = job.optional(key);
    if (node == null) {
      return null;
    }
    KeyPath path = job.path().key(key);
    double[] values = arrays.vector(node, path);
    if (values.length > MOST_TYPES) {
      job.mistakes()
          .add(node.position(), path, "too many", String.valueOf(values.length), "" + MOST_TYPES);
    }
    for (int i = 0; i < values.length; i++) {
      if (!range.contains(values[i])) {
        job.mistakes()
            .add(
                node instanceof Node.NumbersNode numbers ? numbers.positions()[i] : node.position(),
                path.index(i),
                range.wrong(values[i]),
                Shown.number(values[i]),
                range.words());
      }
    }
    return values;
  }

  private static ContractMenuJob.@Nullable Audit audit(Fields job, Distribution distribution) {
    Node node = job.optional("audit");
    if (node == null || node instanceof Node.NullNode) {
      return null;
    }
    Mistakes mistakes = job.mistakes();
    KeyPath path = job.path().key("audit");
    Node.ObjectNode object =
        Fields.object(mistakes, node, path, "an object with grid, and low and high");
    if (object == null) {
      return null;
    }
    Fields fields = new Fields(object, path, mistakes, List.of("grid", "low", "high"));
    int grid =
        (int)
            fields.integer(
                "grid", 2, MenuAudit.MOST_TYPES, "an integer from 2 to " + MenuAudit.MOST_TYPES);
    long before = mistakes.count();
    double low = end(fields, "low", distribution.low(), distribution);
    double high = end(fields, "high", distribution.high(), distribution);
    if (mistakes.count() == before && !(low < high)) {
      mistakes.add(
          object.position(),
          path.key("high"),
          "not above low",
          Shown.number(high),
          "a number above " + Shown.number(low));
    }
    return new ContractMenuJob.Audit(grid, low, high);
  }

  /** An end of the grid: that of the support, or what must be given where it has none. */
  private static double end(Fields fields, String key, double end, Distribution distribution) {
    Range range =
        new Range(distribution.low(), true, distribution.high(), true, within(distribution));
    if (Double.isInfinite(end) && !fields.has(key)) {
      fields
          .mistakes()
          .add(
              fields.position(),
              fields.path().key(key),
              "missing, the types have no " + (end > 0 ? "upper" : "lower") + " end",
              "nothing",
              range.words());
      return 0;
    }
    double value = fields.number(key, range, end);
    Node node = fields.optional(key);
    if (Double.isInfinite(value) && node != null) {
      fields
          .mistakes()
          .add(
              node.position(),
              fields.path().key(key),
              "not a finite number",
              node.shown(),
              range.words());
    }
    return value;
  }
}
