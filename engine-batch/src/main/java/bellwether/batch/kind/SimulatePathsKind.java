package bellwether.batch.kind;

import bellwether.batch.array.NumberArrays;
import bellwether.batch.path.ProcessReader;
import bellwether.batch.path.TimesReader;
import bellwether.batch.tree.Fields;
import bellwether.batch.tree.KeyPath;
import bellwether.batch.tree.Mistakes;
import bellwether.batch.tree.Node;
import bellwether.batch.tree.Range;
import bellwether.batch.tree.Shown;
import bellwether.core.path.Arrivals;
import bellwether.core.path.Barrier;
import bellwether.core.path.Bridged;
import bellwether.core.path.Control;
import bellwether.core.path.Design;
import bellwether.core.path.DiscountedSum;
import bellwether.core.path.PathOptions;
import bellwether.core.path.PathProcess;
import bellwether.core.path.PathSimulation;
import bellwether.core.path.PathStudy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code simulatePaths}: what a random process does, by simulation. */
final class SimulatePathsKind implements JobKind {
  static final long DEFAULT_PATHS = 100_000;
  static final long DEFAULT_MAX_PATHS = 10_000_000;
  private static final long FIRST_PATHS = 10_000;
  static final int COVARIANCE_TIMES = 100;
  private static final int MOST_COVARIANCE_TIMES = 1_000;
  static final long SEED = 1;
  static final String PATHS = "an integer from 2 to " + PathOptions.MOST_PATHS;
  static final String SHIFTS = "an integer from 2 to " + PathOptions.MOST_SHIFTS;
  static final Range LEVEL =
      new Range(0, false, 1, false, "a number greater than 0 and less than 1");
  static final Range DISCOUNT =
      new Range(0, true, 1, true, "a number at least 0 and less than 1, or 1 for plain sums");
  static final List<String> MONITORING = List.of("periods", "continuous", "times", "largestMark");
  private static final List<String> PAYOFFS = List.of("call", "put", "above", "below");
  private static final String OF = "value, or an object with type and strike";
  private static final String CONTROL = "initial, or an object with mean";

  @Override
  public String name() {
    return "simulatePaths";
  }

  @Override
  public String summary() {
    return "Random processes by simulation: means, quantiles, barriers, sums, with intervals";
  }

  @Override
  public List<KeyDoc> keys() {
    return SimulatePathsDocs.KEYS;
  }

  @Override
  public List<String> notes() {
    return SimulatePathsDocs.notes();
  }

  @Override
  public String example() {
    return SimulatePathsDocs.EXAMPLE;
  }

  @Override
  public Job read(Fields job, CommonKeys common, NumberArrays arrays) {
    Mistakes mistakes = job.mistakes();
    long before = mistakes.count();
    ProcessReader processes = new ProcessReader(mistakes, arrays);
    Node node = job.required("process", ProcessReader.allowed());
    ProcessReader.Read read = node == null ? null : processes.read(node, job.path().key("process"));
    double[] times = TimesReader.read(job, arrays, read != null && read.process().inPeriods());
    PathOptions options = options(job, common);
    if (read == null || times.length == 0) {
      // The rest is read for its mistakes.
      study(job, new ProcessReader.Read(NOTHING, "", true), new double[] {1}, processes);
      return OptimalStoppingKind.NONE;
    }
    if (node != null) {
      arrivals(mistakes, node, job.path().key("process"), read.process(), times);
    }
    PathStudy study = study(job, read, times, processes);
    if (mistakes.count() > before || study == null || options == null) {
      return OptimalStoppingKind.NONE;
    }
    try {
      PathSimulation.steps(study);
    } catch (IllegalArgumentException e) {
      Node at = job.optional("times");
      mistakes.add(
          at == null ? job.position() : at.position(),
          job.path().key("times"),
          String.valueOf(e.getMessage()));
    }
    return new SimulatePathsJob(study, options, times, covariance(job, times.length));
  }

  /** Tells of arrivals that would be too many for one step. */
  private static void arrivals(
      Mistakes mistakes, Node node, KeyPath path, PathProcess process, double[] times) {
    if (!(process instanceof Arrivals arrivals)) {
      return;
    }
    double longest = times[0];
    for (int i = 1; i < times.length; i++) {
      longest = Math.max(longest, times[i] - times[i - 1]);
    }
    double most = arrivals.mostExpected();
    if (!(arrivals.rate() * longest <= most)) {
      mistakes.add(
          node.position(),
          path.key("rate"),
          "too many arrivals between two times",
          Shown.number(arrivals.rate()) + " for " + Shown.number(longest),
          "rate times the longest step at most " + Shown.number(most));
    }
  }

  /** Stands for a process that could not be read. */
  private static final PathProcess NOTHING = new ReadNothing();

  private static @Nullable PathStudy study(
      Fields job, ProcessReader.Read read, double[] times, ProcessReader processes) {
    Mistakes mistakes = job.mistakes();
    long before = mistakes.count();
    PathStudy.Builder study = PathStudy.of(read.process(), times);
    if (covariance(job, times.length)) {
      study.covariances();
    }
    if (job.has("quantileLevel")) {
      study.quantile(job.number("quantileLevel", LEVEL));
    }
    barrier(job, read, study);
    if (flag(job, "maximum")) {
      study.maximum();
    }
    discountedSum(job, study);
    control(job, read, times[times.length - 1], study);
    Node other = job.optional("versus");
    if (other != null) {
      KeyPath path = job.path().key("versus");
      ProcessReader.Read versus = processes.read(other, path);
      if (versus == null || read.type().isEmpty()) {
        return null;
      }
      if (versus.process().inPeriods() != read.process().inPeriods()) {
        mistakes.add(
            other.position(),
            path,
            "one process goes in periods and the other in continuous time",
            versus.type(),
            "two that go alike");
      } else {
        study.versus(versus.process());
      }
    }
    return mistakes.count() > before ? null : study.build();
  }

  private static boolean covariance(Fields job, int times) {
    if (!job.has("covariance")) {
      return times <= COVARIANCE_TIMES;
    }
    boolean wanted = flag(job, "covariance");
    if (wanted && times > MOST_COVARIANCE_TIMES) {
      Node node = job.optional("covariance");
      job.mistakes()
          .add(
              node == null ? job.position() : node.position(),
              job.path().key("covariance"),
              "too many times",
              times + " times",
              "at most " + MOST_COVARIANCE_TIMES);
      return false;
    }
    return wanted;
  }

  static boolean flag(Fields job, String key) {
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

  private static void barrier(Fields job, ProcessReader.Read read, PathStudy.Builder study) {
    PathProcess process = read.process();
    Mistakes mistakes = job.mistakes();
    long before = mistakes.count();
    Node node = job.optional("monitoring");
    String word = node == null ? "" : job.choice("monitoring", MONITORING);
    KeyPath path = job.path().key("monitoring");
    if (!job.has("barrier")) {
      if (node != null && mistakes.count() == before) {
        mistakes.add(
            node.position(),
            path,
            "no barrier to monitor",
            node.shown(),
            "monitoring with barrier");
      }
      return;
    }
    double level = job.number("barrier", Range.FINITE);
    if (word == null || read.type().isEmpty() || mistakes.count() > before) {
      return;
    }
    Barrier.Monitoring monitoring =
        switch (word) {
          case "periods" -> Barrier.Monitoring.PERIODS;
          case "continuous" -> Barrier.Monitoring.CONTINUOUS;
          case "times" -> Barrier.Monitoring.TIMES;
          case "largestMark" -> Barrier.Monitoring.LARGEST_MARK;
          default ->
              process.inPeriods()
                  ? Barrier.Monitoring.PERIODS
                  : process instanceof Bridged
                      ? Barrier.Monitoring.CONTINUOUS
                      : Barrier.Monitoring.TIMES;
        };
    if (node != null
        && monitoring == Barrier.Monitoring.CONTINUOUS
        && !(process instanceof Bridged)) {
      mistakes.add(
          node.position(), path, "not for " + read.type(), node.shown(), "with abm, gbm and ou");
      return;
    }
    if (node != null
        && monitoring == Barrier.Monitoring.LARGEST_MARK
        && !(process instanceof Arrivals arrivals && arrivals.hasMarks())) {
      mistakes.add(
          node.position(),
          path,
          process instanceof Arrivals ? "there are no marks" : "not for " + read.type(),
          node.shown(),
          "with poissonArrivals that have marks");
      return;
    }
    study.barrier(new Barrier(level, monitoring));
  }

  private static void discountedSum(Fields job, PathStudy.Builder study) {
    Node node = job.optional("discountedSum");
    if (node == null) {
      return;
    }
    Mistakes mistakes = job.mistakes();
    KeyPath path = job.path().key("discountedSum");
    Node.ObjectNode object = Fields.object(mistakes, node, path, "an object with discount and of");
    if (object == null) {
      return;
    }
    long before = mistakes.count();
    Fields fields = new Fields(object, path, mistakes, List.of("discount", "of"));
    double discount = fields.number("discount", DISCOUNT);
    Node of = fields.optional("of");
    DiscountedSum.Payoff payoff = DiscountedSum.Payoff.VALUE;
    double strike = 0;
    if (of instanceof Node.ObjectNode payment) {
      Fields keys = new Fields(payment, path.key("of"), mistakes, List.of("type", "strike"));
      String type = keys.choice("type", PAYOFFS);
      strike = keys.number("strike", Range.FINITE);
      payoff = type == null ? payoff : DiscountedSum.Payoff.valueOf(type.toUpperCase(Locale.ROOT));
    } else if (of != null && !(of instanceof Node.TextNode text && text.text().equals("value"))) {
      mistakes.add(of.position(), path.key("of"), "unknown payoff", of.shown(), OF);
    }
    if (mistakes.count() == before) {
      study.discountedSum(new DiscountedSum(discount, payoff, strike));
    }
  }

  private static void control(
      Fields job, ProcessReader.Read read, double last, PathStudy.Builder study) {
    Node node = job.optional("control");
    if (node == null) {
      return;
    }
    Mistakes mistakes = job.mistakes();
    KeyPath path = job.path().key("control");
    if (node instanceof Node.ObjectNode object) {
      long before = mistakes.count();
      double mean =
          new Fields(object, path, mistakes, List.of("mean")).number("mean", Range.FINITE);
      if (mistakes.count() == before) {
        study.control(new Control.Last(mean));
      }
      return;
    }
    if (!(node instanceof Node.TextNode text && text.text().equals("initial"))) {
      mistakes.add(node.position(), path, "unknown control", node.shown(), CONTROL);
      return;
    }
    if (read.drawn()) {
      if (!read.type().isEmpty()) {
        study.control(new Control.Initial());
      }
    } else if (Double.isFinite(read.process().mean(last))) {
      study.control(new Control.Last(read.process().mean(last)));
    } else {
      mistakes.add(
          node.position(),
          path,
          "all paths begin at one point, and the mean of later ones is not known",
          node.shown(),
          "an object with mean, what the value at the last time is known to have");
    }
  }

  private static @Nullable PathOptions options(Fields job, CommonKeys common) {
    Mistakes mistakes = job.mistakes();
    long before = mistakes.count();
    Design design = design(job);
    int shifts =
        (int) job.integer("shifts", 2, PathOptions.MOST_SHIFTS, SHIFTS, PathOptions.SHIFTS);
    if (job.has("shifts") && design != Design.SOBOL) {
      without(job, "shifts", "quasiRandom");
    }
    boolean target = job.has("targetHalfWidth");
    double half = target ? job.number("targetHalfWidth", Range.POSITIVE) : 0;
    if (job.has("maxPaths") && !target) {
      without(job, "maxPaths", "targetHalfWidth");
    }
    long fewest = PathOptions.fewest(design, shifts);
    long limit = PathOptions.most(design, shifts);
    String allowed = "an integer from " + fewest + " to " + limit;
    long most = job.integer("maxPaths", fewest, limit, allowed, DEFAULT_MAX_PATHS);
    long first = Math.max(fewest, FIRST_PATHS);
    long paths =
        job.integer(
            "paths",
            fewest,
            limit,
            allowed,
            target ? Math.min(first, most) : Math.max(fewest, DEFAULT_PATHS));
    if (mistakes.count() > before) {
      return null;
    }
    Long seed = common.seed();
    return new PathOptions(
        seed == null ? SEED : seed, design, shifts, paths, half, target ? most : paths);
  }

  private static void without(Fields job, String key, String other) {
    Node node = job.optional(key);
    if (node != null) {
      job.mistakes()
          .add(
              node.position(),
              job.path().key(key),
              "nothing without " + other,
              node.shown(),
              key + " with " + other);
    }
  }

  private static Design design(Fields job) {
    List<String> given = new ArrayList<>();
    Design design = Design.INDEPENDENT;
    if (flag(job, "antithetic")) {
      design = Design.ANTITHETIC;
      given.add("antithetic");
    }
    if (flag(job, "stratified")) {
      design = Design.STRATIFIED;
      given.add("stratified");
    }
    if (job.has("quasiRandom") && job.choice("quasiRandom", List.of("sobol")) != null) {
      design = Design.SOBOL;
      given.add("quasiRandom");
    }
    if (given.size() > 1) {
      Node node = job.optional(given.getLast());
      job.mistakes()
          .add(
              node == null ? job.position() : node.position(),
              job.path().key(given.getLast()),
              "two designs at once",
              String.join(" and ", given),
              "one of antithetic, stratified, quasiRandom");
    }
    return design;
  }
}
