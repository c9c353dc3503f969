package bellwether.mechanisms.environment;

import bellwether.core.mdp.TypeTransition;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an environment's structure allows: which {@link Solver}s apply, and why others do not.
 *
 * <p>Costs one look at every distinct matrix.
 */
public final class Structure {
  /** Entries of the joint matrix up to which it is written out. */
  private static final double MOST_ENTRIES = 4e6;

  /** Entries up to which writing it out is also the quickest. */
  private static final double QUICK_ENTRIES = 2e5;

  /** Joint states from which a bandit is solved arm by arm. */
  private static final double MANY_STATES = 2e6;

  private static final int NONE = -1;

  private final Environment environment;
  private final double entries;
  private final int[] armOfAction;
  private final int[] actionOfArm;
  private final Map<Solver, String> refusals = new EnumMap<>(Solver.class);

  private Structure(Environment environment) {
    this.environment = environment;
    entries = jointEntries(environment);
    armOfAction = new int[environment.actions()];
    actionOfArm = new int[environment.size()];
    refuse(Solver.JOINT, joint());
    refuse(Solver.PRODUCT, product());
    refuse(Solver.UNCONTROLLED, uncontrolled());
    refuse(Solver.BANDIT, bandit());
  }

  /** Looks at an environment. */
  public static Structure of(Environment environment) {
    return new Structure(environment);
  }

  private void refuse(Solver solver, @Nullable String reason) {
    if (reason != null) {
      refusals.put(solver, reason);
    }
  }

  /** Whether a solver applies. */
  public boolean allows(Solver solver) {
    return !refusals.containsKey(solver);
  }

  /** Why a solver does not apply; null when it does. */
  public @Nullable String refusal(Solver solver) {
    return refusals.get(solver);
  }

  /** Entries of the joint transition matrices of all actions. */
  public double jointEntries() {
    return entries;
  }

  /** The agent that each action serves, -1 for nobody; for bandits. */
  public int[] armOfAction() {
    return armOfAction.clone();
  }

  /** The action that serves each agent, -1 for none; for bandits. */
  public int[] actionOfArm() {
    return actionOfArm.clone();
  }

  /** The agent whose value each action has, -1 for none; where the objective separates. */
  public int[] agentOfAction() {
    int[] agent = new int[environment.actions()];
    Arrays.fill(agent, NONE);
    for (int i = 0; i < environment.size(); i++) {
      for (int a = 0; a < agent.length; a++) {
        if (!environment.agent(i).ignores(a)) {
          agent[a] = i;
        }
      }
    }
    return agent;
  }

  /**
   * Why the welfare is no sum over the agents' own laws; null when it is: nobody controls types,
   * there is one physical state, and every action has a value for one agent at most.
   */
  public @Nullable String marginalRefusal() {
    String controlled = controlled();
    if (controlled != null) {
      return controlled;
    }
    if (environment.physical().count() > 1 || !environment.physical().allFeasible()) {
      return "there is a physical state";
    }
    int[] agent = agentOfAction();
    for (int i = 0; i < environment.size(); i++) {
      for (int a = 0; a < agent.length; a++) {
        if (agent[a] != i && !environment.agent(i).ignores(a)) {
          return "action " + a + " has a value for agents " + i + " and " + agent[a];
        }
      }
    }
    return null;
  }

  /**
   * The parts of an objective that is a sum over agents, each with its own choice; null where it is
   * none.
   */
  public @Nullable SeparableObjective separable() {
    return SeparableObjective.of(environment);
  }

  /** Why the welfare is no sum over agents alone; null when it is. */
  public @Nullable String separableRefusal() {
    String controlled = controlled();
    if (controlled != null) {
      return controlled;
    }
    if (environment.physical().count() > 1 || !environment.physical().allFeasible()) {
      return "there is a physical state";
    }
    return separable() == null ? "actions are no combinations of choices for each agent" : null;
  }

  /** Whether the welfare of uncontrolled types comes from single agents' laws, without tables. */
  public boolean needsNoTables() {
    return marginalRefusal() == null || separableRefusal() == null;
  }

  /** Whether tables over all joint states fit comfortably into the heap. */
  public boolean hasTables() {
    return tableRefusal() == null;
  }

  private @Nullable String tableRefusal() {
    double states = environment.jointStates();
    if (states > Integer.MAX_VALUE - 8) {
      return String.format(
          Locale.ROOT, "%.6g joint states are more than an array can have, 2147483639", states);
    }
    double others = 0;
    for (Agent agent : environment.agents()) {
      others += states / agent.types();
    }
    double periods = Math.max(1, environment.horizon());
    double bytes = periods * (12 * states + 8 * others) + 40 * states;
    double heap = Runtime.getRuntime().maxMemory();
    return bytes > heap
        ? String.format(
            Locale.ROOT,
            "%.6g joint states need %.3g GB of tables, more than the heap of %.3g GB",
            states,
            bytes / 1e9,
            heap / 1e9)
        : null;
  }

  private @Nullable String product() {
    return tableRefusal();
  }

  private @Nullable String joint() {
    String tables = tableRefusal();
    if (tables != null) {
      return tables;
    }
    return entries > MOST_ENTRIES
        ? String.format(
            Locale.ROOT,
            "the joint matrices have %.6g entries, more than %.0f",
            entries,
            MOST_ENTRIES)
        : null;
  }

  private @Nullable String uncontrolled() {
    String controlled = controlled();
    if (controlled != null) {
      return controlled;
    }
    String tables = tableRefusal();
    return tables == null || needsNoTables() ? null : tables;
  }

  private @Nullable String controlled() {
    for (int i = 0; i < environment.size(); i++) {
      for (int a = 1; a < environment.actions(); a++) {
        if (!environment.agent(i).movesAlike(0, a)) {
          return "actions 0 and " + a + " move the types of agent " + i + " differently";
        }
      }
    }
    PhysicalStates physical = environment.physical();
    for (int k = 0; k < physical.count(); k++) {
      int next = NONE;
      for (int a = 0; a < environment.actions(); a++) {
        if (physical.feasible(k, a)) {
          if (next != NONE && physical.next(k, a) != next) {
            return "actions lead from physical state " + k + " to different states";
          }
          next = physical.next(k, a);
        }
      }
    }
    return null;
  }

  private @Nullable String bandit() {
    Arrays.fill(armOfAction, NONE);
    Arrays.fill(actionOfArm, NONE);
    if (!environment.isInfinite()) {
      return "the horizon is finite";
    }
    if (environment.physical().count() > 1 || !environment.physical().allFeasible()) {
      return "there is a physical state";
    }
    for (int i = 0; i < environment.size(); i++) {
      Agent agent = environment.agent(i);
      IdentityHashMap<TypeTransition, Boolean> still = new IdentityHashMap<>();
      for (int a = 0; a < environment.actions(); a++) {
        boolean stays = still.computeIfAbsent(agent.transition(a), TypeTransition::stays);
        if (stays && agent.ignores(a)) {
          continue;
        }
        if (armOfAction[a] != NONE) {
          return "action " + a + " concerns agents " + armOfAction[a] + " and " + i;
        }
        if (actionOfArm[i] != NONE) {
          return "agent " + i + " is concerned by actions " + actionOfArm[i] + " and " + a;
        }
        armOfAction[a] = i;
        actionOfArm[i] = a;
      }
    }
    return null;
  }

  private static double jointEntries(Environment environment) {
    double sum = 0;
    for (int a = 0; a < environment.actions(); a++) {
      double product = environment.physical().count();
      for (Agent agent : environment.agents()) {
        product *= agent.transition(a).entries();
      }
      sum += product;
    }
    return sum;
  }

  /**
   * The solver for this structure.
   *
   * @throws IllegalArgumentException when none applies, saying why
   */
  public Solver choose() {
    if (allows(Solver.BANDIT) && (!hasTables() || environment.jointStates() > MANY_STATES)) {
      return Solver.BANDIT;
    }
    if (allows(Solver.UNCONTROLLED)) {
      return Solver.UNCONTROLLED;
    }
    if (allows(Solver.JOINT) && entries <= QUICK_ENTRIES) {
      return Solver.JOINT;
    }
    if (allows(Solver.PRODUCT)) {
      return Solver.PRODUCT;
    }
    throw new IllegalArgumentException(
        "the environment is too large: "
            + refusals.get(Solver.PRODUCT)
            + ", and it is no bandit: "
            + refusals.get(Solver.BANDIT));
  }
}
