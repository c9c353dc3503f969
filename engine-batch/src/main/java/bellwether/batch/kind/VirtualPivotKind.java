package bellwether.batch.kind;

import bellwether.batch.array.NumberArrays;
import bellwether.batch.mechanism.ProfileReader;
import bellwether.batch.mechanism.SeparableReader;
import bellwether.batch.tree.Fields;
import bellwether.batch.tree.KeyPath;
import bellwether.batch.tree.Mistakes;
import bellwether.batch.tree.Node;
import bellwether.batch.tree.Range;
import bellwether.mechanisms.environment.Environment;
import bellwether.mechanisms.environment.Solver;
import bellwether.mechanisms.environment.Structure;
import bellwether.mechanisms.optimal.BanditPivot;
import bellwether.mechanisms.optimal.SeparableEnvironment;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code virtualPivot}: the mechanism of Kakade, Lobel and Nazerzadeh that maximizes profit. */
final class VirtualPivotKind implements JobKind {
  static final List<String> METHODS = List.of("auto", "exact", "sampled");

  /** Draws of initial types, and shifts they are divided into, where that is not given. */
  static final int DRAWS = 2048;

  static final int SHIFTS = 16;
  private static final int MOST_DRAWS = 1 << 26;
  private static final int MOST_SHIFTS = 1024;
  private static final int MOST_GRID = 100_001;
  private static final String AUDIT = "an object with grid, an integer at least 2";

  private static final Job NONE =
      resources -> {
        throw new IllegalStateException("the job is not whole");
      };

  @Override
  public String name() {
    return "virtualPivot";
  }

  @Override
  public String summary() {
    return "the virtual-pivot mechanism: upfront payments, allocation for profit, audits";
  }

  @Override
  public List<KeyDoc> keys() {
    return VirtualPivotDocs.KEYS;
  }

  @Override
  public List<String> notes() {
    return VirtualPivotDocs.NOTES;
  }

  @Override
  public String example() {
    return VirtualPivotDocs.EXAMPLE;
  }

  @Override
  public Job read(Fields job, CommonKeys common, NumberArrays arrays) {
    Mistakes mistakes = job.mistakes();
    long before = mistakes.count();
    SeparableReader reader = new SeparableReader(mistakes, arrays);
    SeparableEnvironment environment = reader.read(job);
    boolean profit = flag(job, "profit");
    String method = job.has("profitMethod") ? job.choice("profitMethod", METHODS) : "auto";
    int draws =
        (int) job.integer("draws", 2, MOST_DRAWS, "an integer from 2 to " + MOST_DRAWS, DRAWS);
    int shifts =
        (int) job.integer("shifts", 2, MOST_SHIFTS, "an integer from 2 to " + MOST_SHIFTS, SHIFTS);
    if (draws < shifts) {
      wrong(job, "draws", "fewer than shifts", String.valueOf(draws), "at least " + shifts);
    }
    VirtualPivotJob.Audit audit = audit(job);
    if (environment == null) {
      return NONE;
    }
    double[] types = reader.initialTypes(job, environment);
    if ("exact".equals(method)
        && environment.size() > 2
        && BanditPivot.refusal(environment) != null) {
      wrong(
          job,
          "profitMethod",
          "exact for one or two agents and bandits only",
          "exact with " + environment.size() + " agents",
          "auto or sampled");
    }
    int[] states = null;
    Environment shapes = shapes(environment);
    Node statesNode = job.optional("states");
    if (statesNode != null && !(statesNode instanceof Node.NullNode)) {
      states = new ProfileReader(mistakes, shapes).profile(job, "states");
    }
    int period = period(job, environment, states != null);
    checkSize(job, environment, shapes, audit != null);
    if (mistakes.count() > before || method == null) {
      return NONE;
    }
    Long seed = common.seed();
    return new VirtualPivotJob(
        environment,
        types,
        states,
        period,
        profit,
        method,
        draws,
        shifts,
        seed == null ? 1 : seed,
        audit,
        common.tolerance());
  }

  /** The environment whose shapes are those of the job. */
  static Environment shapes(SeparableEnvironment environment) {
    double[] one = new double[environment.size()];
    boolean[] all = new boolean[one.length];
    Arrays.fill(one, 1);
    Arrays.fill(all, true);
    return environment.weighted(one, all);
  }

  /** Without tables over joint states there are bandits, and no audits. */
  private static void checkSize(
      Fields job, SeparableEnvironment environment, Environment shapes, boolean audit) {
    String refusal = Structure.of(shapes).refusal(Solver.PRODUCT);
    if (refusal == null) {
      return;
    }
    String noBandit = BanditPivot.refusal(environment);
    if (noBandit != null) {
      job.mistakes()
          .add(
              job.position(),
              job.path().key("agents"),
              "too large",
              refusal + ", and it is no bandit: " + noBandit,
              "fewer agents or signals");
    } else if (audit) {
      wrong(job, "audit", "not of so many joint states", refusal, "no audit");
    }
  }

  private static int period(Fields job, SeparableEnvironment environment, boolean states) {
    Node node = job.optional("period");
    if (node == null || node instanceof Node.NullNode) {
      return 1;
    }
    if (!states) {
      wrong(job, "period", "only with states", node.shown(), "no period");
    }
    int last = Math.max(1, environment.horizon());
    if (environment.horizon() == 0) {
      // All periods are alike where the horizon is infinite.
      return (int) Math.min(1, job.integer("period", 1, Integer.MAX_VALUE, "an integer from 1"));
    }
    return (int) job.integer("period", 1, last, "an integer from 1 to " + last);
  }

  private static VirtualPivotJob.@Nullable Audit audit(Fields job) {
    Node node = job.optional("audit");
    if (node == null || node instanceof Node.NullNode) {
      return null;
    }
    KeyPath path = job.path().key("audit");
    Node.ObjectNode object = Fields.object(job.mistakes(), node, path, AUDIT);
    if (object == null) {
      return null;
    }
    Fields fields = new Fields(object, path, job.mistakes(), List.of("grid", "low", "high"));
    int grid = (int) fields.integer("grid", 2, MOST_GRID, "an integer from 2 to " + MOST_GRID);
    double low = fields.number("low", Range.FINITE, Double.NaN);
    double high = fields.number("high", Range.FINITE, Double.NaN);
    if (low >= high) {
      job.mistakes()
          .add(node.position(), path.key("high"), "not above low", String.valueOf(high), "more");
    }
    return new VirtualPivotJob.Audit(grid, low, high);
  }

  private static boolean flag(Fields job, String key) {
    Node node = job.optional(key);
    if (node == null || node instanceof Node.NullNode) {
      return false;
    }
    if (node instanceof Node.BooleanNode bool) {
      return bool.value();
    }
    wrong(job, key, "not a truth value", node.shown(), "true or false");
    return false;
  }

  private static void wrong(Fields job, String key, String wrong, String given, String allowed) {
    Node node = job.optional(key);
    job.mistakes()
        .add(
            node == null ? job.position() : node.position(),
            job.path().key(key),
            wrong,
            given,
            allowed);
  }
}
