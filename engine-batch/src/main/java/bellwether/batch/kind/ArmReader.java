package bellwether.batch.kind;

import bellwether.batch.array.NumberArrays;
import bellwether.batch.tree.Fields;
import bellwether.batch.tree.HeapSpace;
import bellwether.batch.tree.KeyPath;
import bellwether.batch.tree.Mistakes;
import bellwether.batch.tree.Node;
import bellwether.batch.tree.Range;
import bellwether.core.bandit.Arm;
import bellwether.core.bandit.BetaBernoulliArm;
import bellwether.core.bandit.FiniteArm;
import bellwether.core.bandit.MarkovArm;
import bellwether.core.bandit.NormalArm;
import bellwether.core.bandit.RandomArm;
import bellwether.core.bandit.StateElimination;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads arms. */
final class ArmReader {
  private static final List<String> TYPES = List.of("markov", "betaBernoulli", "normal", "random");
  private static final Map<String, List<String>> KEYS =
      Map.of(
          "markov", List.of("rewards", "transition"),
          "betaBernoulli", List.of("alpha", "beta"),
          "normal", List.of("mean", "observations", "noiseSd"),
          "random", List.of("states", "seed"));
  private static final int LARGEST_TABLE = 10_000;
  private static final String STATES = "an integer from 1 to " + FiniteArm.MAX_STATES;
  private static final String ARM = "an arm: an object with a type, " + String.join(", ", TYPES);

  private final Mistakes mistakes;
  private final NumberArrays arrays;
  private final boolean tables;

  /**
   * Reads arms of one job.
   *
   * @param tables whether a betaBernoulli arm may ask for a table of indices
   */
  ArmReader(Mistakes mistakes, NumberArrays arrays, boolean tables) {
    this.mistakes = mistakes;
    this.arrays = arrays;
    this.tables = tables;
  }

  /** What {@code describe} says of arms. */
  static List<KeyDoc> keys(String prefix, boolean tables) {
    List<KeyDoc> keys =
        new ArrayList<>(
            List.of(
                new KeyDoc("type", String.join(" | ", TYPES), "required", "the family of the arm"),
                new KeyDoc("name", "text", "none", "for readers of the file"),
                new KeyDoc(
                    "rewardScale",
                    Range.POSITIVE.words(),
                    "1",
                    "multiplies all rewards of the arm"),
                new KeyDoc(
                    "rewards",
                    "list of numbers, or {file}",
                    "required",
                    "markov: reward r[s] of state s"),
                new KeyDoc(
                    "transition",
                    "rows of probabilities, or {file}",
                    "required",
                    "markov: P[s][t]; each row sums to 1 within 1e-9"),
                new KeyDoc(
                    "alpha",
                    Range.POSITIVE.words(),
                    "required",
                    "betaBernoulli: posterior successes"),
                new KeyDoc(
                    "beta",
                    Range.POSITIVE.words(),
                    "required",
                    "betaBernoulli: posterior failures")));
    if (tables) {
      keys.add(
          new KeyDoc(
              "size",
              "an integer from 1 to " + LARGEST_TABLE,
              "none",
              "betaBernoulli: asks for the table m[i][j], the index at (alpha + i, beta + j)"));
    }
    keys.addAll(
        List.of(
            new KeyDoc(
                "mean", "a finite number", "required", "normal: posterior mean of the reward"),
            new KeyDoc(
                "observations", "an integer at least 1", "required", "normal: draws seen so far"),
            new KeyDoc(
                "noiseSd",
                Range.POSITIVE.words(),
                "required",
                "normal: standard deviation of one reward"),
            new KeyDoc("states", STATES, "required", "random: number of states"),
            new KeyDoc(
                "seed", "an integer", "required", "random: which of the dense random arms")));
    return keys.stream()
        .map(k -> new KeyDoc(prefix + k.name(), k.type(), k.otherwise(), k.meaning()))
        .toList();
  }

  /** The arms of a list. */
  List<@Nullable ArmSpec> list(Fields job, String key, boolean mayBeAbsent) {
    List<Node> nodes = job.list(key, false, mayBeAbsent, "a list of arms, at least one");
    List<@Nullable ArmSpec> arms = new ArrayList<>(nodes.size());
    for (int i = 0; i < nodes.size(); i++) {
      arms.add(arm(nodes.get(i), job.path().key(key).index(i)));
    }
    return arms;
  }

  /** One arm; null after a mistake. */
  @Nullable ArmSpec arm(Node node, KeyPath path) {
    long before = mistakes.count();
    Node.ObjectNode object = Fields.object(mistakes, node, path, ARM);
    if (object == null) {
      return null;
    }
    String type = typeOf(object);
    List<String> known = new ArrayList<>(List.of("type", "name", "rewardScale"));
    if (type == null) {
      KEYS.values().forEach(known::addAll);
    } else {
      known.addAll(KEYS.getOrDefault(type, List.of()));
    }
    if (tables && (type == null || type.equals("betaBernoulli"))) {
      known.add("size");
    }
    Fields fields = new Fields(object, path, mistakes, known);
    fields.text("name");
    double scale = fields.number("rewardScale", Range.POSITIVE, 1);
    String given = fields.choice("type", TYPES);
    if (given == null) {
      return null;
    }
    Arm arm =
        switch (given) {
          case "markov" -> markov(fields);
          case "betaBernoulli" ->
              new BetaBernoulliArm(
                  fields.number("alpha", Range.POSITIVE), fields.number("beta", Range.POSITIVE));
          case "normal" ->
              new NormalArm(
                  fields.number("mean", Range.FINITE),
                  (int)
                      fields.integer(
                          "observations",
                          1,
                          Integer.MAX_VALUE,
                          "an integer from 1 to " + Integer.MAX_VALUE),
                  fields.number("noiseSd", Range.POSITIVE));
          default -> random(fields);
        };
    int size = 0;
    if (known.contains("size")) {
      size =
          (int)
              fields.integer("size", 1, LARGEST_TABLE, "an integer from 1 to " + LARGEST_TABLE, 0);
    }
    return arm == null || mistakes.count() > before ? null : new ArmSpec(arm, scale, size);
  }

  private static @Nullable String typeOf(Node.ObjectNode object) {
    Node.Member member = object.member("type");
    return member != null
            && member.value() instanceof Node.TextNode text
            && TYPES.contains(text.text())
        ? text.text()
        : null;
  }

  private @Nullable Arm markov(Fields fields) {
    long before = mistakes.count();
    Node rewardsNode = fields.required("rewards", "a list of finite numbers");
    Node transitionNode = fields.required("transition", "a list of rows of probabilities");
    double[] rewards = {};
    if (rewardsNode != null) {
      rewards = arrays.vector(rewardsNode, fields.path().key("rewards"));
      if (rewards.length > FiniteArm.MAX_STATES) {
        mistakes.add(
            rewardsNode.position(),
            fields.path().key("rewards"),
            "too many states",
            String.valueOf(rewards.length),
            "at most " + FiniteArm.MAX_STATES);
      }
    }
    double[] transition = {};
    if (transitionNode != null) {
      KeyPath path = fields.path().key("transition");
      transition = arrays.transition(transitionNode, path, rewards.length, FiniteArm.MAX_STATES);
      needsWork(transitionNode, path, rewards.length);
    }
    return mistakes.count() > before ? null : MarkovArm.owning(rewards, transition);
  }

  private Arm random(Fields fields) {
    int states = (int) fields.integer("states", 1, FiniteArm.MAX_STATES, STATES);
    long seed = fields.integer("seed", Long.MIN_VALUE, Long.MAX_VALUE, CommonKeys.SEED);
    Node node = fields.optional("states");
    if (node != null) {
      needsWork(node, fields.path().key("states"), states);
    }
    return new RandomArm(states, seed);
  }

  /** State elimination works on one dense matrix of its own. */
  private void needsWork(Node node, KeyPath path, int states) {
    String refusal =
        HeapSpace.refusal(
            "solving an arm of " + states + " states", (double) StateElimination.bytes(states));
    if (refusal != null) {
      mistakes.add(node.position(), path, refusal);
    }
  }
}
