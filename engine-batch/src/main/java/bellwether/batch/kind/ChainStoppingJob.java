package bellwether.batch.kind;

import bellwether.batch.array.NumberArrays;
import bellwether.batch.tree.Fields;
import bellwether.batch.tree.HeapSpace;
import bellwether.batch.tree.KeyPath;
import bellwether.batch.tree.Mistakes;
import bellwether.batch.tree.Node;
import bellwether.batch.tree.Range;
import bellwether.core.bandit.FiniteArm;
import bellwether.core.stopping.ChainStopping;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Problem {@code markov}, as it was read.
 *
 * @param horizon periods, 0 for infinitely many
 * @param tolerance asked for, or null
 */
record ChainStoppingJob(
    ChainStopping chain, int states, double discount, int horizon, @Nullable Double tolerance)
    implements Job {
  static final Range INFINITE =
      new Range(0, true, 1, false, "a number at least 0 and less than 1, or 1 with a horizon");
  private static final Range WITH_HORIZON = new Range(0, true, 1, true, "a number from 0 to 1");
  private static final int MOST_PERIODS = 10_000_000;
  static final String HORIZON = "an integer from 1 to " + MOST_PERIODS + ", or null";

  /** Entries of the table of regions that still stand in the result. */
  static final int MOST_REGIONS = 20_000;

  /** Rows by entries and the model, beside the matrix. */
  private static final double BYTES = 30;

  static Job read(Fields job, CommonKeys common, NumberArrays arrays) {
    Mistakes mistakes = job.mistakes();
    long before = mistakes.count();
    Node horizonNode = job.optional("horizon");
    int horizon =
        horizonNode == null || horizonNode instanceof Node.NullNode
            ? 0
            : (int) job.integer("horizon", 1, MOST_PERIODS, HORIZON);
    double discount = job.number("discount", horizon > 0 ? WITH_HORIZON : INFINITE);
    Node payoffNode = job.required("payoff", "a list of finite numbers, one for each state");
    Node transitionNode = job.required("transition", "a list of rows of probabilities");
    double[] transition =
        transitionNode == null
            ? new double[0]
            : arrays.transition(
                transitionNode, job.path().key("transition"), 0, FiniteArm.MAX_STATES);
    boolean known = transition.length > 0;
    int states = (int) Math.round(Math.sqrt(transition.length));
    double[] payoff =
        payoffNode == null ? new double[0] : vector(job, arrays, payoffNode, "payoff", states);
    double[] cost = cost(job, arrays, known ? states : payoff.length);
    if (transitionNode != null && known) {
      String refusal = HeapSpace.refusal("the chain", BYTES * states * states);
      if (refusal != null) {
        mistakes.add(transitionNode.position(), job.path().key("transition"), refusal);
      }
    }
    if (mistakes.count() > before) {
      return OptimalStoppingKind.NONE;
    }
    return new ChainStoppingJob(
        ChainStopping.dense(transition, payoff, cost),
        states,
        discount,
        horizon,
        common.tolerance());
  }

  /** A list, or one number for all states. */
  private static double[] cost(Fields job, NumberArrays arrays, int states) {
    Node node = job.optional("runningCost");
    double[] cost = new double[states];
    if (node == null) {
      return cost;
    }
    if (node instanceof Node.NumberNode) {
      Arrays.fill(cost, job.number("runningCost", Range.FINITE));
      return cost;
    }
    return vector(job, arrays, node, "runningCost", states);
  }

  private static double[] vector(
      Fields job, NumberArrays arrays, Node node, String key, int states) {
    Mistakes mistakes = job.mistakes();
    KeyPath path = job.path().key(key);
    long before = mistakes.count();
    double[] values = arrays.vector(node, path);
    if (mistakes.count() == before && states > 0 && values.length != states) {
      mistakes.add(
          node.position(),
          path,
          "sizes differ",
          values.length + (values.length == 1 ? " number" : " numbers"),
          states + ", one for each state");
    }
    return values;
  }

  @Override
  public Outcome solve(Resources resources) throws JobFailedException {
    ChainStopping.Result found;
    try {
      found =
          horizon > 0
              ? chain.finite(discount, horizon, resources.workers())
              : chain.infinite(
                  discount, tolerance == null ? Double.NaN : tolerance, resources.workers());
    } catch (IllegalArgumentException e) {
      // The job was read and found right: what is left is numbers too large to work with.
      throw new JobFailedException(String.valueOf(e.getMessage()), e);
    }
    double error = Math.max(found.lowerGap(), found.upperGap());
    if (tolerance != null && !(error <= tolerance)) {
      throw new JobFailedException(
          "tolerance: " + tolerance + " cannot be reached, the values are known within " + error);
    }
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    result.put("values", found.values());
    result.put("stop", list(found.stop()));
    if (horizon > 0 && (long) horizon * states <= MOST_REGIONS) {
      List<List<Boolean>> regions = new ArrayList<>(horizon);
      for (boolean[] region : chain.regions(discount, horizon)) {
        regions.add(list(region));
      }
      result.put("stopByPeriod", regions);
    }
    Map<String, @Nullable Object> certificate = new LinkedHashMap<>();
    certificate.put("method", horizon > 0 ? "backwardInduction" : "twoSidedBounds");
    certificate.put("errorBound", error);
    certificate.put("sweeps", found.sweeps());
    return new Outcome(result, certificate);
  }

  private static List<Boolean> list(boolean[] flags) {
    List<Boolean> list = new ArrayList<>(flags.length);
    for (boolean flag : flags) {
      list.add(flag);
    }
    return list;
  }
}
