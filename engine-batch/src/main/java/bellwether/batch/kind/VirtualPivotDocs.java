package bellwether.batch.kind;

import bellwether.batch.distribution.DistributionReader;
import java.util.ArrayList;
import java.util.List;

/** What {@code describe} says of {@code virtualPivot}. */
final class VirtualPivotDocs {
  private VirtualPivotDocs() {}

  static final List<KeyDoc> KEYS =
      List.of(
          new KeyDoc(
              "discount",
              "a number at least 0 and less than 1, or 1 with a horizon",
              "required",
              "weight of the next period; allocations begin at t = 1"),
          new KeyDoc(
              "horizon",
              "an integer at least 1, or null",
              "null, infinite",
              "allocation periods t = 1..H"),
          new KeyDoc("cost", "list of numbers", "0", "of each action in a period"),
          new KeyDoc("agents", "list of agents", "required", "who has private types"),
          new KeyDoc(
              "agents[].distribution",
              "a distribution with a density",
              "required",
              "of the initial type s0, which the agent alone knows at time 0"),
          new KeyDoc(
              "agents[].A",
              "{type: identity | power, exponent, scale | affine, intercept, slope | log1p, scale}",
              "identity",
              "how s0 enters values"),
          new KeyDoc(
              "agents[].valuation",
              "multiplicative | additive",
              "multiplicative",
              "v = A(s0) B, or A(s0) C + B"),
          new KeyDoc(
              "agents[].value", "B[a][s]", "required", "by action and the signal of the period"),
          new KeyDoc(
              "agents[].C",
              "list of numbers",
              "required if additive",
              "by action; one with servedBy"),
          new KeyDoc(
              "agents[].initial",
              "list of probabilities",
              "required",
              "law of the signal at t = 1"),
          new KeyDoc(
              "agents[].transition",
              "P[a][s][s] or P[s][s]",
              "required",
              "how signals move; one matrix for all actions where nobody controls them"),
          new KeyDoc("agents[].types", "list of names", "none", "names of signals, for states"),
          new KeyDoc(
              "agents[].servedBy",
              "an action",
              "none",
              "the one action that serves it: value [s], transition [s][s], C a number, else nothing"),
          new KeyDoc("agents[].name", "text", "none", "for readers of the file"),
          new KeyDoc(
              "actions",
              "an integer",
              "what agents and cost say",
              "how many there are, where all agents have servedBy"),
          new KeyDoc(
              "initialTypes",
              "list of numbers",
              "required",
              "the reports at time 0, one of each agent"),
          new KeyDoc(
              "states", "list of signals", "none", "reports in an allocation period, for payments"),
          new KeyDoc("period", "an integer at least 1", "1", "which allocation period that is"),
          new KeyDoc(
              "profit",
              "true | false",
              "false",
              "whether expected profits before initial types are known are found"),
          new KeyDoc(
              "profitMethod",
              String.join(" | ", VirtualPivotKind.METHODS),
              "auto",
              "exact for one or two agents and for bandits of any number; sampled draws initial types;"
                  + " auto is exact where it can"),
          new KeyDoc(
              "draws",
              "an integer at least 2",
              String.valueOf(VirtualPivotKind.DRAWS),
              "how many initial types are drawn, of all shifts together"),
          new KeyDoc(
              "shifts",
              "an integer at least 2",
              String.valueOf(VirtualPivotKind.SHIFTS),
              "random shifts of Sobol's points, which tell the error"),
          new KeyDoc("audit", "an object", "none", "look for gains from lies"),
          new KeyDoc(
              "audit.grid",
              "an integer at least 2",
              "required",
              "equally spaced initial types, with both ends"),
          new KeyDoc(
              "audit.low", "a number", "the support's, or its 0.001 quantile", "the least of them"),
          new KeyDoc(
              "audit.high", "a number", "the support's, or its 0.999 quantile", "the largest"));

  static final List<String> NOTES = notes();

  private static List<String> notes() {
    List<String> notes =
        new ArrayList<>(
            List.of(
                "With h = (1 - F) / f: alpha = 1 - h A' / A and beta = 0 for multiplicative values,",
                "alpha = 1 and beta[a] = -h A' C[a] for additive ones. Who has alpha <= 0 or an",
                "infinite h gets no weight. W(s) = max_a sum_i (alpha_i v_i + beta_i[a]) - c[a] + d E W.",
                "",
                "Result: alpha, beta, active, expectedPayment p* = V - U, upfront, utility U, the",
                "information rent, expectedValue V, slope = E sum d^t B (or C), all 0 of agents that are",
                "not active; weightedWelfare = d E W(s_1). With states: allocation.action, welfare,",
                "welfareWithout, payments = v_i - m_i / alpha_i, in money of that period. With profit:",
                "expectedProfit, from payments, and profitBound, from virtual values: they agree.",
                "audit.maxIncentiveGain: the most that a lie about an initial type gains; minUtility;",
                "intervalDominance: the condition under which none does; allocationPhase: gains from",
                "lies about signals in any period and profile, dominantStrategyGain where nobody",
                "controls them.",
                "Distributions:"));
    notes.addAll(DistributionReader.notes());
    notes.addAll(ArrayNotes.NOTES);
    return List.copyOf(notes);
  }

  static final String EXAMPLE =
      """
      job: virtualPivot
      discount: 0.9
      # Action 1 sells an item, which costs 0.2 to make and is worth s0 to the buyer.
      cost: [0, 0.2]
      agents:
        - distribution: {type: uniform, low: 0, high: 1}
          value: [[0, 0], [0.8, 1.2]]
          initial: [0.5, 0.5]
          transition: [[0.9, 0.1], [0.1, 0.9]]
      initialTypes: [0.8]
      states: [0]
      profit: true
      audit: {grid: 21}
      """;
}
