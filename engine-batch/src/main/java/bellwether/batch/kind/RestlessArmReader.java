package bellwether.batch.kind;

import bellwether.batch.array.NumberArrays;
import bellwether.batch.tree.Fields;
import bellwether.batch.tree.HeapSpace;
import bellwether.batch.tree.KeyPath;
import bellwether.batch.tree.Mistakes;
import bellwether.batch.tree.Node;
import bellwether.core.bandit.FiniteArm;
import bellwether.core.bandit.MarkovArm;
import bellwether.core.bandit.RestlessArm;
import bellwether.core.bandit.WhittleIndices;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads restless arms. */
final class RestlessArmReader {
  private static final List<String> TYPES = List.of("markov", "random");
  private static final String STATES = "an integer from 1 to " + FiniteArm.MAX_STATES;
  private static final String ARM = "a restless arm: an object with active and passive";
  private static final String CHAIN = "an object with rewards and transition";

  /** What {@code describe} says of a restless arm. */
  static final List<KeyDoc> KEYS =
      List.of(
          new KeyDoc("arm.type", String.join(" | ", TYPES), "markov", "how the arm is given"),
          new KeyDoc("arm.name", "text", "none", "for readers of the file"),
          new KeyDoc("arm.active", CHAIN, "required", "markov: what an active period does"),
          new KeyDoc("arm.passive", CHAIN, "required", "markov: what a passive period does"),
          new KeyDoc(
              "arm.active.rewards",
              "list of numbers, or {file}",
              "required",
              "reward of an active period in state s; arm.passive.rewards likewise"),
          new KeyDoc(
              "arm.active.transition",
              "rows of probabilities, or {file}",
              "required",
              "P[s][t]; each row sums to 1 within 1e-9; arm.passive.transition likewise"),
          new KeyDoc("arm.states", STATES, "required", "random: number of states"),
          new KeyDoc("arm.seed", "an integer", "required", "random: which of the dense arms"));

  private final Mistakes mistakes;
  private final NumberArrays arrays;

  RestlessArmReader(Mistakes mistakes, NumberArrays arrays) {
    this.mistakes = mistakes;
    this.arrays = arrays;
  }

  /** The arm, made when it is asked for; null after a mistake. */
  @Nullable Supplier<RestlessArm> read(Fields job) {
    Node node = job.required("arm", ARM);
    return node == null ? null : read(node, job.path().key("arm"));
  }

  /** The arm in {@code node}; null after a mistake. */
  @Nullable Supplier<RestlessArm> read(Node node, KeyPath path) {
    Node.ObjectNode object = Fields.object(mistakes, node, path, ARM);
    if (object == null) {
      return null;
    }
    Node.Member type = object.member("type");
    boolean random =
        type != null && type.value() instanceof Node.TextNode text && text.text().equals("random");
    Fields fields =
        new Fields(
            object,
            path,
            mistakes,
            random
                ? List.of("type", "name", "states", "seed")
                : List.of("type", "name", "active", "passive"));
    fields.text("name");
    if (fields.has("type")) {
      fields.choice("type", TYPES);
    }
    return random ? random(fields) : markov(fields);
  }

  private @Nullable Supplier<RestlessArm> random(Fields fields) {
    long before = mistakes.count();
    int states = (int) fields.integer("states", 1, FiniteArm.MAX_STATES, STATES);
    long seed = fields.integer("seed", Long.MIN_VALUE, Long.MAX_VALUE, CommonKeys.SEED);
    if (mistakes.count() == before) {
      needsWork(fields, states, 16.0 * states * states);
    }
    return mistakes.count() > before ? null : () -> RestlessArm.random(states, seed);
  }

  private @Nullable Supplier<RestlessArm> markov(Fields fields) {
    long before = mistakes.count();
    MarkovArm active = chain(fields, "active", 0);
    MarkovArm passive = chain(fields, "passive", active == null ? 0 : active.states());
    if (active == null || passive == null || mistakes.count() > before) {
      return null;
    }
    needsWork(fields, active.states(), 0);
    RestlessArm arm = new RestlessArm(active, passive);
    return mistakes.count() > before ? null : () -> arm;
  }

  /** Rewards and transitions of one action. */
  private @Nullable MarkovArm chain(Fields arm, String key, int states) {
    Node node = arm.required(key, CHAIN);
    KeyPath path = arm.path().key(key);
    Node.ObjectNode object = node == null ? null : Fields.object(mistakes, node, path, CHAIN);
    if (object == null) {
      return null;
    }
    long before = mistakes.count();
    Fields fields = new Fields(object, path, mistakes, List.of("rewards", "transition"));
    Node rewardsNode = fields.required("rewards", "a list of finite numbers");
    Node transitionNode = fields.required("transition", "a list of rows of probabilities");
    double[] rewards = {};
    if (rewardsNode != null) {
      KeyPath at = path.key("rewards");
      rewards = arrays.vector(rewardsNode, at);
      String given = String.valueOf(rewards.length);
      if (rewards.length > FiniteArm.MAX_STATES) {
        mistakes.add(
            rewardsNode.position(),
            at,
            "too many states",
            given,
            "at most " + FiniteArm.MAX_STATES);
      } else if (states > 0 && rewards.length > 0 && rewards.length != states) {
        mistakes.add(
            rewardsNode.position(),
            at,
            "sizes differ",
            given + (rewards.length == 1 ? " reward" : " rewards"),
            states + ", one for each of the states of active");
      }
    }
    double[] transition = {};
    if (transitionNode != null) {
      transition =
          arrays.transition(
              transitionNode, path.key("transition"), rewards.length, FiniteArm.MAX_STATES);
    }
    return mistakes.count() > before ? null : MarkovArm.owning(rewards, transition);
  }

  private void needsWork(Fields arm, int states, double besides) {
    String refusal =
        HeapSpace.refusal(
            "solving a restless arm of " + states + " states",
            WhittleIndices.bytes(states) + besides);
    if (refusal != null) {
      mistakes.add(arm.position(), arm.path(), refusal);
    }
  }
}
