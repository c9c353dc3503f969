package bellwether.batch.kind;

import bellwether.batch.mdp.MdpReader;
import java.util.ArrayList;
import java.util.List;

/** What {@code describe} says of {@code mdp}. */
final class MdpDocs {
  private MdpDocs() {}

  static final List<KeyDoc> KEYS =
      List.of(
          new KeyDoc("model", "a model", "required", "states, actions, rewards, probabilities"),
          new KeyDoc(
              "discount",
              MdpKind.INFINITE.words(),
              "required, 1 for an average",
              "weight of the next period"),
          new KeyDoc("objective", "maximize | minimize", "maximize", "rewards, or costs"),
          new KeyDoc(
              "horizon",
              "an integer at least 1, or null",
              "null, infinite",
              "periods; the values are those of the first"),
          new KeyDoc(
              "terminal",
              "list of numbers, or {file}",
              "0",
              "values after the last period, by state; with a horizon"),
          new KeyDoc(
              "criterion",
              "discounted | average",
              "discounted",
              "what is summed; average: a period"),
          new KeyDoc(
              "solver",
              String.join(" | ", MdpKind.SOLVERS),
              "auto",
              "how an infinite horizon is solved; all give the same guarantee"),
          new KeyDoc(
              "initialStates",
              "list of states",
              "all",
              "whose values and actions stand in the result"),
          new KeyDoc("output", "an object", "none", "where values and policy go"),
          new KeyDoc(
              "output.value",
              String.join(" | ", MdpOutput.WORDS),
              "inline to " + MdpOutput.MOST_INLINE + " states, else npy",
              "where all values go"),
          new KeyDoc(
              "output.policy",
              String.join(" | ", MdpOutput.WORDS),
              "inline to " + MdpOutput.MOST_INLINE + " states, else npy",
              "where the whole policy goes"),
          new KeyDoc("model.type", String.join(" | ", MdpReader.TYPES), "required", "see below"),
          new KeyDoc(
              "model.rewards",
              "r[s][a], r[s][a][t], entries or files",
              "required",
              "dense, sparse, prism: what a period pays, or costs"),
          new KeyDoc(
              "model.transition",
              "P[a][s][t], {file}, or a list of {file}",
              "required",
              "dense: each row sums to 1 within 1e-9"),
          new KeyDoc(
              "model.actions",
              "list of lists, or an integer",
              "all",
              "dense: the actions allowed in each state; others: how many there are"),
          new KeyDoc("model.states", "an integer at least 1", "required", "sparse, generators"),
          new KeyDoc(
              "model.entries",
              "list of [s, a, t, p], {file}, or a list of {file}",
              "required",
              "sparse: what can happen"),
          new KeyDoc(
              "model.agents",
              "list of {value[a][type], transition}",
              "required",
              "product: agents whose types move by themselves"),
          new KeyDoc(
              "model.designerValue",
              "list of numbers",
              "0",
              "product: by action, added to the values"),
          new KeyDoc("model.tra", "name of a .tra file", "required", "prism: transitions"),
          new KeyDoc("model.initial", "a state", "none", "prism: initialStates, where absent"),
          new KeyDoc(
              "model.branching", "an integer at least 1", "required", "garnet, ring: successors"),
          new KeyDoc("model.halfWidth", "an integer at least 0", "50", "ring: longest step"),
          new KeyDoc("model.seed", "an integer", "20240607", "generators: which model"));

  static final List<String> NOTES = notes();

  private static List<String> notes() {
    List<String> notes =
        new ArrayList<>(
            List.of(
                "tolerance is the guaranteed error of every value (of the gain, for an average). The",
                "default is 1e-9 max(1, max|r| / (1 - discount)). What rounding does not allow fails.",
                "",
                "dense: rewards and transition whole; null may stand where an action is not allowed.",
                "sparse: an action is allowed where it has an entry; entries of the same (s, a, t) are",
                "  summed. A file has rows [s, a, t, p] (.npy), or is a matrix with row s * actions + a",
                "  (.mtx, or .npz of SciPy's save_npz in csr form), or there is one matrix an action.",
                "  rewards are a table r[s][a], if there are as many rows as states and columns as",
                "  actions; else entries [s, a, r] or [s, a, t, r], in a list, a file, or {entries: [...]}",
                "  where that must be told. What has no reward has 0; a reward given twice is refused.",
                "product: reward = designerValue[a] + the agents' values; transition is [a][type][type],",
                "  or [type][type] for all actions. The last agent's types count fastest.",
                "prism: .tra with .srew, .trew or both: rewards: [m.srew, m.trew].",
                "garnet, ring, denseRandom: random models of benchmarks, made when they are solved.",
                "",
                "Result: values and policy (of initialStates, else of all states up to "
                    + MdpOutput.MOST_INLINE
                    + "; of more",
                "states in files NAME.value.npy and NAME.policy.npy beside the result), minValue,",
                "maxValue, sumValue; gain for an average, where values are relative to state 0. The",
                "policy takes the lowest of the actions that tie within 1e-9 (1 + |best|).",
                "Certificate: value - lowerGap <= V* <= value + upperGap in every state; sweeps, backups,",
                "solver. statesPerSecond is a speed, and the one number here that varies between runs.",
                "In a file of several arrays name one: {file: m.npz, member: P}."));
    notes.addAll(ArrayNotes.NOTES);
    return List.copyOf(notes);
  }

  static final String EXAMPLE =
      """
      job: mdp
      discount: 0.95
      # A machine that is new (0), worn (1) or broken (2); action 0 runs it, action 1 renews it.
      model:
        type: dense
        rewards:
          - [10, null]
          - [6, -4]
          - [0, -8]
        actions: [[0], [0, 1], [0, 1]]
        transition:
          - [[0.7, 0.3, 0.0], [0.0, 0.6, 0.4], [0.0, 0.0, 1.0]]
          - [[1.0, 0.0, 0.0], [1.0, 0.0, 0.0], [1.0, 0.0, 0.0]]
      """;
}
