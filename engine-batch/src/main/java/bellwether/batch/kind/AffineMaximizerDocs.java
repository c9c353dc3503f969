package bellwether.batch.kind;

import bellwether.mechanisms.affine.SearchOptions;
import java.util.ArrayList;
import java.util.List;

/** What {@code describe} says of {@code affineMaximizer}. */
final class AffineMaximizerDocs {
  private AffineMaximizerDocs() {}

  static final List<KeyDoc> KEYS =
      List.of(
          new KeyDoc(
              "objective",
              String.join(" | ", AffineMaximizerKind.OBJECTIVES)
                  + " | {revenueWeight: a number from 0 to 1}",
              "revenue",
              "what is maximized; profit is revenue and the designer's own value"),
          new KeyDoc(
              "boosts",
              String.join(" | ", AffineMaximizerKind.BOOSTS),
              SearchOptions.DEFAULT.boosts().word(),
              "added to actions, or to actions by physical state"),
          new KeyDoc(
              "weights", "{low, high}", "low 0.1, high 10", "the range of the agents' weights"),
          new KeyDoc(
              "budget",
              "an integer at least 1",
              String.valueOf(SearchOptions.DEFAULT.budget()),
              "evaluations of the search"),
          new KeyDoc(
              "draws",
              "an integer at least 1",
              String.valueOf(SearchOptions.DEFAULT.draws()),
              "of alternatives, for the search; all of them where there are no more combinations"),
          new KeyDoc(
              "freshDraws",
              "an integer at least 2",
              "10 times draws",
              "that judge what was found; all where there are no more combinations"),
          new KeyDoc(
              "discount",
              "a number at least 0 and less than 1, or 1 with a horizon",
              "required",
              "weight of the next period"),
          new KeyDoc(
              "horizon", "an integer at least 1, or null", "null, infinite", "periods t = 0..T-1"),
          new KeyDoc("agents", "list of agents", "required", "who has private values and types"),
          new KeyDoc(
              "agents[].values",
              "v[alternative][a][type]",
              "required, or value",
              "alternative tables, of which one is drawn before period 0 for the agent's eyes only"),
          new KeyDoc(
              "agents[].probabilities",
              "list of probabilities",
              "equal ones",
              "of the alternatives"),
          new KeyDoc(
              "agents[].value", "v[a][type]", "none", "one table, where all is known but the type"),
          new KeyDoc(
              "agents[].transition",
              "P[a][type][type] or P[type][type]",
              "required, [[1]] for one type",
              "how types move, whatever the alternative"),
          new KeyDoc(
              "agents[].initial",
              "list of probabilities",
              "required, [1] for one type",
              "law of the first type"),
          new KeyDoc(
              "agents[].servedBy",
              "an action",
              "none",
              "the one action that serves it: values [alternative][type], transition [type][type]"),
          new KeyDoc("agents[].types", "list of names", "none", "for readers of the file"),
          new KeyDoc("agents[].name", "text", "none", "for readers of the file"),
          new KeyDoc(
              "actions",
              "an integer",
              "what agents and designerValue say",
              "how many there are, where all agents have servedBy"),
          new KeyDoc(
              "designerValue",
              "list of numbers",
              "0",
              "by action: counted in every welfare, with weight 1"),
          new KeyDoc("physical", "an object", "none", "a public state"),
          new KeyDoc("physical.states", "list of names, or how many", "required", "the states"),
          new KeyDoc("physical.initial", "a state", "0", "where the first period begins"),
          new KeyDoc(
              "physical.feasible",
              "list of lists of actions",
              "where next is not null",
              "what can be done in each state"),
          new KeyDoc(
              "physical.next", "next[k][a]", "required", "the state after a; null if infeasible"),
          new KeyDoc(
              "audit",
              String.join(" | ", AffineMaximizerKind.AUDITS),
              "exact where it can be",
              "whether all lies are tried, or those among some alternatives"),
          new KeyDoc("history", "true | false", "false", "whether every improvement is told"));

  static final List<String> NOTES = notes();

  private static List<String> notes() {
    List<String> notes =
        new ArrayList<>(
            List.of(
                "W(k, theta) = max_a sum_i w_i v_i(a, theta_i) + v_0(a) + b(k, a) + d E W;",
                "p_i = (W_-i - [the others' weighted values + v_0 + b](x*) - d E W_-i) / w_i.",
                "Weights and boosts are fixed before anybody reports, so the truth is dominant",
                "whatever the search finds. Weights 1 and no boosts are the pivot mechanism.",
                "",
                "Result: weights and boosts (by action, or [physical state][action]);",
                "objectiveValue, baseline (the pivot mechanism's) and gain with gainInterval (95%),",
                "all on the same fresh draws, or exact; searchValue on the draws of the search;",
                "affine and pivot: revenue, welfare and the agents' utility of either.",
                "audit: the best lie about types and alternatives in any period, state and profile",
                "(maxIncentiveGain), the least that is left to an agent (minUtility: below 0 where",
                "an agent would rather stay away, which boosts may bring about if values are",
                "negative), maxBudgetImbalance, maxDeficit.",
                "Only ratios of weights matter where boosts are free or designerValue is 0: the",
                "largest is then 1 where the range allows it. The least boost is 0."));
    notes.addAll(ArrayNotes.NOTES);
    return List.copyOf(notes);
  }

  static final String EXAMPLE =
      """
      job: affineMaximizer
      objective: revenue
      boosts: action
      budget: 2000
      discount: 0.9
      # One object for two bidders, now or never; action 0 keeps it.
      horizon: 1
      actions: 3
      agents:
        - servedBy: 1
          values: [[1], [2], [3], [4]]
        - servedBy: 2
          values: [[1], [4]]
          probabilities: [0.75, 0.25]
      """;
}
