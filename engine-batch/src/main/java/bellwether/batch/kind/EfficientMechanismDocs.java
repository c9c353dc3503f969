package bellwether.batch.kind;

import bellwether.batch.mechanism.PlayReader;
import java.util.ArrayList;
import java.util.List;

/** What {@code describe} says of {@code efficientMechanism}. */
final class EfficientMechanismDocs {
  private EfficientMechanismDocs() {}

  static final List<KeyDoc> KEYS =
      List.of(
          new KeyDoc(
              "mechanism",
              String.join(" | ", EfficientMechanismKind.MECHANISMS),
              "required",
              "how the efficient action is paid for; static is a control that fails"),
          new KeyDoc(
              "discount",
              "a number at least 0 and less than 1, or 1 with a horizon",
              "required",
              "weight of the next period"),
          new KeyDoc(
              "horizon", "an integer at least 1, or null", "null, infinite", "periods t = 0..T-1"),
          new KeyDoc("agents", "list of agents", "required", "who has private types"),
          new KeyDoc(
              "agents[].value", "v[a][type]", "required", "what action a is worth in a period"),
          new KeyDoc(
              "agents[].transition",
              "P[a][type][type] or P[type][type]",
              "required",
              "how types move; one matrix for all actions where nobody controls them"),
          new KeyDoc(
              "agents[].initial",
              "list of probabilities",
              "none",
              "law of the first type; for expected values, and for balanced"),
          new KeyDoc("agents[].types", "list of names", "none", "names that profile may use"),
          new KeyDoc(
              "agents[].servedBy",
              "an action",
              "none",
              "the one action that serves it: value [type], transition [type][type], else nothing"),
          new KeyDoc(
              "actions",
              "an integer",
              "what agents and designerValue say",
              "how many there are, where all agents have servedBy"),
          new KeyDoc("agents[].name", "text", "none", "for readers of the file"),
          new KeyDoc(
              "designerValue",
              "list of numbers",
              "0",
              "by action: counted in every welfare, with an agent and without"),
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
          new KeyDoc("profile", "list of types", "required", "the reports, one of each agent"),
          new KeyDoc("physicalState", "a state", "the initial one", "the state of that period"),
          new KeyDoc("period", "an integer", "0", "which period, with a horizon"),
          new KeyDoc(
              "phi",
              "list of numbers or nested lists",
              "none",
              "groves needs it: Phi_i by the others' types in increasing order of agents"),
          new KeyDoc(
              "previous",
              "an object",
              "none",
              "balanced: profile and physicalState before; without it, the first period"),
          new KeyDoc(
              "solver",
              String.join(" | ", EfficientMechanismKind.SOLVERS),
              "auto",
              "how the welfare is found; all that apply agree"),
          new KeyDoc(
              "audit",
              String.join(" | ", EfficientMechanismKind.AUDITS),
              "exact where it can be",
              "whether all lies are tried, or a sample of them"),
          new KeyDoc(
              "deviations",
              "an integer at least 1",
              String.valueOf(EfficientMechanismKind.DEVIATIONS),
              "lies that a sampled audit tries"),
          new KeyDoc(
              "auditPaths",
              "an integer at least 2",
              String.valueOf(EfficientMechanismKind.AUDIT_PATHS),
              "how often a simulated audit plays each lie"),
          new KeyDoc(
              "allProfiles",
              "true | false",
              "false",
              "whether actions, welfare, payments, utilities of all profiles are written"),
          new KeyDoc("simulation", "an object", "none", "play the mechanism over many paths"),
          new KeyDoc(
              "simulation.paths",
              "an integer at least 2",
              String.valueOf(PlayReader.PATHS),
              "how many paths"),
          new KeyDoc(
              "simulation.periods",
              "an integer at least 1",
              "the horizon, or all that matter",
              "how many periods"),
          new KeyDoc(
              "simulation.from",
              "prior | profile",
              "prior where there is one",
              "first types: drawn, or those of profile in physicalState"),
          new KeyDoc(
              "simulation.strategies",
              "list of truthful, {type: shading, factor}, {type: random, probability}, {type:"
                  + " table, report}",
              "truthful",
              "what each agent reports"));

  static final List<String> NOTES = notes();

  private static List<String> notes() {
    List<String> notes =
        new ArrayList<>(
            List.of(
                "tolerance is the guaranteed error of W and every W_-i; the default is 1e-11 of"
                    + " what the",
                "largest flow is worth in all periods.",
                "",
                "pivot: p_i = W_-i - w_-i(x*) - d E W_-i. team: p_i = -w_-i(x*). groves: the same",
                "+ Phi_i - d E Phi_i. static: p_i = max_a w_-i(a) - w_-i(x*). balanced: p_i ="
                    + " gamma_i -",
                "gamma_(i+1), gamma_i = -(E[V_-i | report] - E V_-i).",
                "",
                "Result: welfare, action, welfareWithout, marginalContribution,"
                    + " flowMarginalContribution,",
                "payment, utility at the profile; gamma of balanced, totalTransfer of groves;",
                "expectedWelfare, expectedRevenue, expectedUtility and expectedPayment where every agent",
                "has initial; audit.",
                "audit.maxIncentiveGain: the best one lie in any period, physical state and"
                    + " profile;",
                "maxMultiPeriodGain: the best strategy of lies; minUtility; maxBudgetImbalance,"
                    + " the",
                "largest |sum of payments|; maxDeficit; worstDeviation and worstUtility say"
                    + " where."));
    notes.addAll(ArrayNotes.NOTES);
    return List.copyOf(notes);
  }

  static final String EXAMPLE =
      """
      job: efficientMechanism
      mechanism: pivot
      discount: 0.9
      # One object to be sold once and for all: to agent 0 now, or to agent 1, who may come to value it at 1.
      agents:
        - value: [[0], [0.6], [0]]
          transition: [[1]]
          initial: [1]
        - value: [[0, 0, 0], [0, 0, 0], [0, 0.5, 1]]
          transition: [[1, 0, 0], [0.5, 0, 0.5], [0, 0, 1]]
          initial: [0, 1, 0]
      physical:
        states: [available, gone]
        initial: 0
        feasible: [[0, 1, 2], [0]]
        next: [[0, 1, 1], [1, null, null]]
      profile: [0, 1]
      """;
}
