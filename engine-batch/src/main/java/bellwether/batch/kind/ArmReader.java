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
import bellwether.core.bandit.DirichletArm;
import bellwether.core.bandit.FiniteArm;
import bellwether.core.bandit.MarkovArm;
import bellwether.core.bandit.NormalArm;
import bellwether.core.bandit.Precision;
import bellwether.core.bandit.RandomArm;
import bellwether.core.bandit.SparseArm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads arms. */
final class ArmReader {
  private static final List<String> TYPES =
      List.of("markov", "betaBernoulli", "dirichlet", "normal", "random");

  /** The longest list of a normal arm's indices. */
  private static final int LONGEST = 100_000;

  private static final int MOST_LEFT = 1_000_000;

  /** What an entry of a dense matrix takes when indices of a finite horizon are found. */
  private static final double HORIZON_BYTES = 36;

  private static final Map<String, List<String>> KEYS =
      Map.of(
          "markov", List.of("rewards", "transition"),
          "betaBernoulli", List.of("alpha", "beta"),
          "dirichlet", List.of("alpha", "values"),
          "normal", List.of("mean", "observations", "noiseSd"),
          "random", List.of("states", "seed"));
  private static final int LARGEST_TABLE = 10_000;
  private static final String STATES = "an integer from 1 to " + FiniteArm.MAX_STATES;

  private final Mistakes mistakes;
  private final NumberArrays arrays;
  private final boolean tables;
  private final Precision storage;

  /**
   * Reads arms of one job.
   *
   * @param tables whether a betaBernoulli arm may ask for a table of indices
   */
  ArmReader(Mistakes mistakes, NumberArrays arrays, boolean tables) {
    this(mistakes, arrays, tables, Precision.FLOAT64);
  }

  /**
   * As {@link #ArmReader(Mistakes, NumberArrays, boolean)}, for dense arms solved in a precision.
   */
  ArmReader(Mistakes mistakes, NumberArrays arrays, boolean tables, Precision storage) {
    this.mistakes = mistakes;
    this.arrays = arrays;
    this.tables = tables;
    this.storage = storage;
  }

  /** The mistakes that are added to. */
  Mistakes mistakes() {
    return mistakes;
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
                    "rows of probabilities, {file}, {entries} or {indptr, indices, data}",
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
              "an integer from 1 to " + LARGEST_TABLE + ", normal: to " + LONGEST,
              "none",
              "betaBernoulli: asks for the table m[i][j], the index at (alpha + i, beta + j); normal:"
                  + " for the indices after observations, observations + 1, ... draws"));
      keys.add(
          new KeyDoc(
              "states",
              "a list of states",
              "all",
              "markov: whose indices are wanted; of a sparse arm a few cost less than all"));
      keys.add(
          new KeyDoc(
              "save",
              String.join(" | ", IndexTableFiles.FORMS),
              "none",
              "betaBernoulli with size: the brackets go to a file, with a manifest that"
                  + " banditAuction reads; needs --out"));
      keys.add(
          new KeyDoc(
              "horizon",
              "an integer from 1 to " + MOST_LEFT,
              "none",
              "markov, betaBernoulli, dirichlet: pulls left; the index then depends on them"));
    }
    keys.addAll(
        List.of(
            new KeyDoc(
                "alpha, values",
                "lists of numbers, equally long, at most " + DirichletArm.MAX_CATEGORIES,
                "required",
                "dirichlet: posterior count of each category, and what it pays"),
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
    Node.ObjectNode object =
        Fields.object(
            mistakes, node, path, "an arm: an object with a type, " + String.join(", ", TYPES));
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
    if (tables && (type == null || List.of("betaBernoulli", "normal").contains(type))) {
      known.add("size");
      known.add("save");
    }
    if (tables && (type == null || !List.of("normal", "random").contains(type))) {
      known.add("horizon");
    }
    if (tables && (type == null || type.equals("markov"))) {
      known.add("states");
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
          case "dirichlet" -> dirichlet(fields);
          default -> random(fields);
        };
    int size = 0;
    if (known.contains("size")) {
      int most = given.equals("normal") ? LONGEST : LARGEST_TABLE;
      size = (int) fields.integer("size", 1, most, "an integer from 1 to " + most, 0);
    }
    String save = known.contains("save") && fields.has("save") ? form(fields, given, size) : null;
    int horizon = 0;
    if (known.contains("horizon")) {
      String allowed = "an integer from 1 to " + MOST_LEFT;
      horizon = (int) fields.integer("horizon", 1, MOST_LEFT, allowed, 0);
    }
    if (horizon > 0 && arm instanceof FiniteArm finite) {
      String refusal =
          HeapSpace.refusal(
              "a horizon for a dense arm of " + finite.states() + " states",
              HORIZON_BYTES * finite.states() * finite.states());
      if (refusal != null) {
        mistakes.add(node.position(), path, refusal);
      }
    }
    Node sizeNode = fields.optional("size");
    if (horizon > 0 && size > 0 && sizeNode != null) {
      mistakes.add(
          sizeNode.position(), path.key("size"), "a table has no horizon", "both", "one of them");
    }
    int[] states = arm != null && tables && given.equals("markov") ? wanted(fields, arm) : null;
    return arm == null || mistakes.count() > before
        ? null
        : new ArmSpec(arm, scale, size, states, horizon, save);
  }

  private static @Nullable String typeOf(Node.ObjectNode object) {
    Node.Member member = object.member("type");
    return member != null
            && member.value() instanceof Node.TextNode text
            && TYPES.contains(text.text())
        ? text.text()
        : null;
  }

  private @Nullable String form(Fields fields, String type, int size) {
    Node node = fields.optional("save");
    if (node != null && (size == 0 || !type.equals("betaBernoulli"))) {
      mistakes.add(
          node.position(),
          fields.path().key("save"),
          "nothing to save",
          size == 0 ? "no size" : "a list of indices of a normal arm",
          "with size, on a betaBernoulli arm");
    }
    return fields.choice("save", IndexTableFiles.FORMS);
  }

  private int @Nullable [] wanted(Fields fields, Arm arm) {
    if (!fields.has("states")) {
      return null;
    }
    int last =
        switch (arm) {
          case FiniteArm finite -> finite.states() - 1;
          case SparseArm sparse -> sparse.states() - 1;
          default -> 0;
        };
    String allowed = "an integer from 0 to " + last;
    List<Node> items = fields.list("states", false, false, "a list of states, at least one");
    int[] states = new int[items.size()];
    for (int i = 0; i < states.length; i++) {
      KeyPath path = fields.path().key("states").index(i);
      states[i] = (int) Fields.integer(mistakes, items.get(i), path, 0, last, allowed);
    }
    return states;
  }

  private @Nullable Arm markov(Fields fields) {
    long before = mistakes.count();
    Node rewardsNode = fields.required("rewards", "a list of finite numbers");
    Node transitionNode = fields.required("transition", "a list of rows of probabilities");
    double[] rewards = {};
    if (rewardsNode != null) {
      rewards = arrays.vector(rewardsNode, fields.path().key("rewards"));
    }
    if (transitionNode == null) {
      return null;
    }
    KeyPath path = fields.path().key("transition");
    long beforeFile = mistakes.count();
    SparseArmReader sparse = new SparseArmReader(mistakes, arrays);
    if (sparse.reads(transitionNode, path)) {
      SparseArm arm = rewards.length == 0 ? null : sparse.read(transitionNode, path, rewards);
      return arm == null || tables ? arm : dense(arm, transitionNode, path);
    }
    if (mistakes.count() > beforeFile) {
      return null;
    }
    if (rewardsNode != null && rewards.length > FiniteArm.MAX_STATES) {
      tooMany(rewardsNode, fields.path().key("rewards"), rewards.length);
    }
    double[] transition =
        arrays.transition(transitionNode, path, rewards.length, FiniteArm.MAX_STATES);
    needsWork(transitionNode, path, rewards.length);
    return mistakes.count() > before ? null : MarkovArm.owning(rewards, transition);
  }

  private boolean tooMany(Node node, KeyPath path, int states) {
    if (states > FiniteArm.MAX_STATES) {
      mistakes.add(
          node.position(),
          path,
          "too many states",
          String.valueOf(states),
          "at most " + FiniteArm.MAX_STATES);
      return true;
    }
    return false;
  }

  /** What needs retirement values needs all of the factors: the arm becomes a dense one. */
  private @Nullable Arm dense(SparseArm arm, Node node, KeyPath path) {
    long before = mistakes.count();
    if (!tooMany(node, path, arm.states())) {
      needsWork(node, path, arm.states());
    }
    return mistakes.count() > before ? null : arm.dense();
  }

  private @Nullable Arm dirichlet(Fields fields) {
    long before = mistakes.count();
    Node alphaNode = fields.required("alpha", "a list of numbers above 0");
    Node valuesNode = fields.required("values", "a list of finite numbers");
    if (alphaNode == null || valuesNode == null) {
      return null;
    }
    double[] alpha = arrays.vector(alphaNode, fields.path().key("alpha"));
    double[] values = arrays.vector(valuesNode, fields.path().key("values"));
    if (mistakes.count() > before) {
      return null;
    }
    try {
      return DirichletArm.of(alpha, values);
    } catch (IllegalArgumentException e) {
      mistakes.add(alphaNode.position(), fields.path(), String.valueOf(e.getMessage()));
      return null;
    }
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
    String refusal = StorageKey.refusal(storage, states);
    if (refusal != null) {
      mistakes.add(node.position(), path, refusal);
    }
  }
}
