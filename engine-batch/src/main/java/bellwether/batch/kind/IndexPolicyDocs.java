package bellwether.batch.kind;

import bellwether.batch.tree.Range;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What {@code describe indexPolicy} says. */
final class IndexPolicyDocs {
  static final String EXAMPLE =
      """
      job: indexPolicy
      discount: 0.9
      activate: 1
      arms:
        - active:
            rewards: [0.0, 1.0]
            transition: [[0.3, 0.7], [0.6, 0.4]]
          passive:
            rewards: [0.0, 0.0]
            transition: [[0.9, 0.1], [0.1, 0.9]]
        - type: markov
          rewards: [0.6, 0.2]
          transition: [[0.5, 0.5], [0.0, 1.0]]
      states: [0, 0]
      policies: [whittle, myopic, random, optimal]
      """;

  private IndexPolicyDocs() {}

  static List<KeyDoc> keys() {
    List<KeyDoc> keys =
        new ArrayList<>(
            List.of(
                new KeyDoc(
                    "discount",
                    IndexPolicyKind.INFINITE.words(),
                    "required",
                    "weight of the next period"),
                new KeyDoc(
                    "horizon",
                    IndexPolicyKind.HORIZON,
                    "null, infinitely many",
                    "periods that count"),
                new KeyDoc("arms", "list of arms, at least one", "required", "the bandit's"),
                new KeyDoc(
                    "states",
                    "list of states, one for each arm",
                    "all 0",
                    "where the arms are; 0 for betaBernoulli arms"),
                new KeyDoc(
                    "activate",
                    "an integer from 1 to the number of arms",
                    "1",
                    "arms that are active in every period, exactly"),
                new KeyDoc(
                    "policies",
                    "list of " + String.join(", ", IndexPolicyKind.POLICIES),
                    "all that these arms can have",
                    "which to compare"),
                new KeyDoc(
                    "method",
                    String.join(" | ", IndexPolicyKind.METHODS),
                    "auto",
                    "auto: exact where the joint model has at most 1e6 states"),
                new KeyDoc(
                    "paths",
                    IndexPolicyKind.PATHS,
                    "10000, or 10000000 with targetHalfWidth",
                    "the most to simulate"),
                new KeyDoc(
                    "targetHalfWidth",
                    Range.POSITIVE.words(),
                    "none",
                    "of the 95% intervals of the values, at which simulation ends"),
                new KeyDoc(
                    "indexTables",
                    "list of file names",
                    "none",
                    "manifests of saved index tables, looked up before indices are computed")));
    keys.addAll(
        ArmReader.keys("arms[].", false).stream()
            .filter(k -> !Arrays.asList("mean", "observations", "noiseSd").contains(last(k)))
            .map(
                k ->
                    last(k).equals("type")
                        ? new KeyDoc(
                            k.name(),
                            String.join(" | ", IndexPolicyKind.TYPES),
                            "required of arms without active",
                            k.meaning())
                        : k)
            .toList());
    keys.add(
        new KeyDoc(
            "arms[].active",
            "an object with rewards and transition",
            "none",
            "makes the arm restless: what an active period does"));
    keys.add(
        new KeyDoc(
            "arms[].passive",
            "an object with rewards and transition",
            "required beside active",
            "what a passive period does"));
    return keys;
  }

  private static String last(KeyDoc key) {
    return key.name().substring(key.name().lastIndexOf('.') + 1);
  }

  static List<String> notes() {
    List<String> notes =
        new ArrayList<>(
            List.of(
                "gittins: arms that are not restless; whittle: all, and Gittins' index of those that are",
                "not restless; myopic: the expected reward of this period, active less passive; ucb:",
                "posterior mean + sqrt(2 ln(1 + t)) standard deviations in period t = 1, 2, ...; thompson:",
                "a draw from the posterior, always simulated; both need a betaBernoulli arm, and take",
                "known arms at their expected reward; random: all choices of arms equally likely;",
                "optimal: the joint dynamic program, left out where it is too large. Indices that differ",
                "by at most 1e-9 of the largest reward tie; the lowest arms go first.",
                "Result: best (optimal where it is there, else the highest value) and policies: for each",
                "value (sum of discount^t times rewards), regret (the best's value less this one's) and",
                "activationShare by arm (sum of discount^t P(active in t) / sum of discount^t), each with",
                "a standard error, 0 where it is exact; omitted: what has no value, and why.",
                "Certificate: method, errorBound (sweeps, rounding, periods left out); of simulations the",
                "95% interval lower to upper, paths and stoppedBy. All policies meet the same random",
                "numbers. activationShareErrorBound where sweeps that were too long left shares less exact than",
                "1e-9; over 0.01 they are null. The seed is 1 unless given; bits do not depend on threads."));
    notes.addAll(ArrayNotes.NOTES);
    return notes;
  }
}
