package bellwether.batch.kind;

import bellwether.batch.array.NumberArrays;
import bellwether.batch.tree.Fields;
import bellwether.batch.tree.KeyPath;
import bellwether.batch.tree.Mistakes;
import bellwether.batch.tree.Nearest;
import bellwether.batch.tree.Node;
import bellwether.batch.tree.Range;
import bellwether.batch.tree.Shown;
import bellwether.core.bandit.BetaBernoulliArm;
import bellwether.core.bandit.DirichletArm;
import bellwether.core.bandit.FiniteArm;
import bellwether.core.bandit.IndexTable;
import bellwether.core.bandit.NormalArm;
import bellwether.core.bandit.RestlessArm;
import bellwether.core.bandit.SparseArm;
import bellwether.core.policy.BanditArm;
import bellwether.core.policy.BanditProblem;
import bellwether.core.policy.Policy;
import bellwether.core.policy.PolicyComparison;
import bellwether.core.policy.PolicyOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** {@code indexPolicy}: what index policies are worth on a bandit. */
final class IndexPolicyKind implements JobKind {
  static final Range INFINITE =
      new Range(0, true, 1, false, "a number at least 0 and less than 1, or 1 with a horizon");
  private static final Range WITH_HORIZON = new Range(0, true, 1, true, "a number from 0 to 1");
  private static final int MOST_PERIODS = 10_000_000;
  private static final long MOST_PATHS = 1_000_000_000_000L;

  /** Paths that a target may take. */
  private static final long TARGET_PATHS = 10_000_000;

  static final String HORIZON = "an integer from 1 to " + MOST_PERIODS + ", or null";
  static final String PATHS = "an integer from 2 to " + MOST_PATHS;
  static final List<String> TYPES = List.of("markov", "betaBernoulli", "random");
  static final List<String> METHODS =
      Arrays.stream(PolicyOptions.Method.values())
          .map(method -> method.name().toLowerCase(Locale.ROOT))
          .toList();
  static final List<String> POLICIES = Arrays.stream(Policy.values()).map(Policy::word).toList();

  @Override
  public String name() {
    return "indexPolicy";
  }

  @Override
  public String summary() {
    return "Index policies on bandits, several arms active: exact or simulated, against the optimum";
  }

  @Override
  public List<KeyDoc> keys() {
    return IndexPolicyDocs.keys();
  }

  @Override
  public List<String> notes() {
    return IndexPolicyDocs.notes();
  }

  @Override
  public String example() {
    return IndexPolicyDocs.EXAMPLE;
  }

  @Override
  public Job read(Fields job, CommonKeys common, NumberArrays arrays) {
    Mistakes mistakes = job.mistakes();
    long before = mistakes.count();
    Node horizonNode = job.optional("horizon");
    int horizon =
        horizonNode == null || horizonNode instanceof Node.NullNode
            ? 0
            : (int) job.integer("horizon", 1, MOST_PERIODS, HORIZON);
    double discount = job.number("discount", horizon > 0 ? WITH_HORIZON : INFINITE);
    List<Node> nodes = job.list("arms", false, false, "a list of arms, at least one");
    List<BanditArm> arms = arms(nodes, job, arrays);
    int count = nodes.size();
    int activate =
        (int) job.integer("activate", 1, Math.max(1, count), "an integer from 1 to " + count, 1);
    int[] states = states(job, arms, count);
    String word = job.has("method") ? job.choice("method", METHODS) : "auto";
    PolicyOptions.Method method =
        word == null
            ? PolicyOptions.Method.AUTO
            : PolicyOptions.Method.valueOf(word.toUpperCase(Locale.ROOT));
    Double target =
        job.has("targetHalfWidth") ? job.number("targetHalfWidth", Range.POSITIVE) : null;
    long paths =
        job.integer(
            "paths", 2, MOST_PATHS, PATHS, target == null ? PolicyOptions.PATHS : TARGET_PATHS);
    List<IndexTable> tables = IndexTableFiles.read(job, arrays, discount);
    List<Integer> places = new ArrayList<>();
    List<Policy> asked = policies(job, places);
    if (mistakes.count() > before) {
      return _ -> {
        throw new IllegalStateException("there were mistakes");
      };
    }
    BanditProblem problem = new BanditProblem(arms, states, activate, discount, horizon);
    for (int k = 0; k < asked.size(); k++) {
      String refusal = PolicyComparison.refusal(problem, asked.get(k));
      if (refusal != null) {
        mistakes.add(places.get(k), job.path().key("policies").index(k), refusal);
      }
    }
    if (!job.has("policies")) {
      asked =
          Arrays.stream(Policy.values())
              .filter(policy -> PolicyComparison.refusal(problem, policy) == null)
              .toList();
    }
    Long seed = common.seed();
    return new IndexPolicyJob(
        problem,
        asked,
        method,
        common.tolerance(),
        paths,
        target,
        seed == null ? PolicyOptions.SEED : seed,
        tables);
  }

  private static List<BanditArm> arms(List<Node> nodes, Fields job, NumberArrays arrays) {
    Mistakes mistakes = job.mistakes();
    ArmReader plain = new ArmReader(mistakes, arrays, false);
    RestlessArmReader restless = new RestlessArmReader(mistakes, arrays);
    List<BanditArm> arms = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      KeyPath path = job.path().key("arms").index(i);
      boolean both =
          node instanceof Node.ObjectNode object
              && (object.member("active") != null || object.member("passive") != null);
      if (both) {
        Supplier<RestlessArm> arm = restless.read(node, path);
        if (arm != null) {
          arms.add(new BanditArm.Restless(arm.get(), 1));
        }
        continue;
      }
      ArmSpec spec = plain.arm(node, path);
      if (spec == null) {
        continue;
      }
      switch (spec.arm()) {
        case FiniteArm arm -> arms.add(new BanditArm.Rested(arm, spec.scale()));
        case BetaBernoulliArm arm -> {
          if (!(Math.min(arm.alpha(), arm.beta()) >= 1e-9 && arm.alpha() + arm.beta() <= 1e9)) {
            mistakes.add(
                node.position(),
                path,
                "counts out of range",
                "alpha " + Shown.number(arm.alpha()) + ", beta " + Shown.number(arm.beta()),
                "at least 1e-9 each and at most 1e9 together");
          }
          arms.add(new BanditArm.Learning(arm, spec.scale()));
        }
        // A sparse arm was made dense.
        case NormalArm _, SparseArm _, DirichletArm _ ->
            mistakes.add(
                node.position(),
                path.key("type"),
                "not in this kind",
                spec.arm() instanceof DirichletArm ? "\"dirichlet\"" : "\"normal\"",
                String.join(", ", TYPES) + ", or an object with active and passive");
      }
    }
    return arms;
  }

  private static int[] states(Fields job, List<BanditArm> arms, int count) {
    Node node = job.optional("states");
    int[] states = new int[count];
    if (node == null) {
      return states;
    }
    Mistakes mistakes = job.mistakes();
    KeyPath path = job.path().key("states");
    String allowed = count + (count == 1 ? " state" : " states") + ", one for each arm";
    if (!(node instanceof Node.NumbersNode numbers)) {
      mistakes.add(node.position(), path, "not a list of states", node.shown(), allowed);
      return states;
    }
    if (numbers.values().length != count) {
      mistakes.add(node.position(), path, "sizes differ", node.shown(), allowed);
      return states;
    }
    for (int i = 0; i < count; i++) {
      double value = numbers.values()[i];
      int most = arms.size() == count ? arms.get(i).states() : Integer.MAX_VALUE;
      if (value == Math.rint(value) && value >= 0 && value < most) {
        states[i] = (int) value;
      } else {
        boolean known = most < Integer.MAX_VALUE;
        mistakes.add(
            numbers.positions()[i],
            path.index(i),
            "no such state",
            Shown.number(value),
            !known
                ? "an integer from 0 to the states - 1"
                : most == 1 ? "0" : "an integer from 0 to " + (most - 1));
      }
    }
    return states;
  }

  /** The policies asked for, and where each stands. */
  private static List<Policy> policies(Fields job, List<Integer> places) {
    Mistakes mistakes = job.mistakes();
    String allowed = String.join(", ", POLICIES);
    List<Node> nodes = job.list("policies", false, true, "a list of " + allowed);
    List<Policy> policies = new ArrayList<>();
    for (int k = 0; k < nodes.size(); k++) {
      Node node = nodes.get(k);
      KeyPath path = job.path().key("policies").index(k);
      String word = node instanceof Node.TextNode text ? text.text() : "";
      Policy policy =
          Arrays.stream(Policy.values()).filter(p -> p.word().equals(word)).findAny().orElse(null);
      if (policy == null) {
        mistakes.add(
            node.position(),
            path,
            "unknown policy",
            node.shown(),
            allowed + Nearest.suggestion(word, POLICIES));
        continue;
      }
      if (policies.contains(policy)) {
        mistakes.add(node.position(), path, "given twice", node.shown(), "each policy once");
        continue;
      }
      policies.add(policy);
      places.add(node.position());
    }
    return policies;
  }
}
