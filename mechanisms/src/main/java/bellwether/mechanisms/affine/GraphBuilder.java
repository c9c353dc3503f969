package bellwether.mechanisms.affine;

import bellwether.core.mdp.TypeTransition;
import bellwether.core.parallel.Workers;
import bellwether.mechanisms.environment.Agent;
import bellwether.mechanisms.environment.Environment;
import bellwether.mechanisms.environment.PhysicalStates;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Finds all that can be reached from the first period, forwards. */
final class GraphBuilder {
  /** Links up to which a graph is made. */
  static final int MOST_LINKS = 20_000_000;

  /** Joint states of a period that are told apart. */
  private static final double MOST_STATES = 2e7;

  private final Environment environment;
  private final PhysicalStates physicalStates;
  private final int[] agents;
  private final int[] stride;
  private final int profiles;

  /** By action: which joint matrix of types it has, -1 where all types stay. */
  private final int[] group;

  private final int[] actionOfGroup;

  /** Rows of joint matrices: [group][profile], made when met. */
  private final int[][][] successor;

  private final double[][][] probability;

  private int slots;
  private int[] physical = new int[64];
  private int[] profile = new int[64];
  private int[] linkStart = new int[64];
  private int[] linkEnd = new int[64];
  private int links;
  private int[] linkTarget = new int[256];
  private int[] linkAction = new int[256];
  private double[] linkProbability = new double[256];

  /** Slots by joint state of the layer that is being reached; those below its first are older. */
  private final int[] decisionSlot;

  private final int[][] chanceSlot;

  private GraphBuilder(Environment environment, int[] agents) {
    this.environment = environment;
    this.agents = agents;
    physicalStates = environment.physical();
    stride = new int[agents.length];
    double size = 1;
    for (int j = agents.length - 1; j >= 0; j--) {
      stride[j] = (int) size;
      size *= environment.agent(agents[j]).types();
      if (size * physicalStates.count() > MOST_STATES) {
        throw new IllegalArgumentException(
            "there are too many joint states, physical states times profiles of types: more than "
                + (long) MOST_STATES);
      }
    }
    profiles = (int) size;
    group = new int[environment.actions()];
    int[] firsts = new int[environment.actions()];
    int groups = 0;
    for (int a = 0; a < group.length; a++) {
      group[a] = stays(a) ? -1 : groups;
      for (int g = 0; g < groups && group[a] == groups; g++) {
        if (same(a, firsts[g])) {
          group[a] = g;
        }
      }
      if (group[a] == groups) {
        firsts[groups++] = a;
      }
    }
    actionOfGroup = Arrays.copyOf(firsts, groups);
    successor = new int[groups][profiles][];
    probability = new double[groups][profiles][];
    decisionSlot = new int[physicalStates.count() * profiles];
    Arrays.fill(decisionSlot, -1);
    chanceSlot = new int[groups][decisionSlot.length];
    for (int[] row : chanceSlot) {
      Arrays.fill(row, -1);
    }
  }

  /**
   * The graph of some agents' types.
   *
   * @param agents in increasing order
   * @throws IllegalArgumentException when it would be too large, saying what is
   */
  static DecisionGraph build(Environment environment, int... agents) {
    return new GraphBuilder(environment, agents).run();
  }

  private boolean stays(int action) {
    for (int i : agents) {
      if (!environment.agent(i).transition(action).stays()) {
        return false;
      }
    }
    return true;
  }

  private boolean same(int one, int two) {
    for (int i : agents) {
      if (!same(environment.agent(i).transition(one), environment.agent(i).transition(two))) {
        return false;
      }
    }
    return true;
  }

  private static boolean same(TypeTransition one, TypeTransition two) {
    if (one == two) {
      return true;
    }
    if (one.entries() != two.entries()) {
      return false;
    }
    double[] row = new double[one.types()];
    boolean[] equal = {true};
    for (int t = 0; t < one.types() && equal[0]; t++) {
      Arrays.fill(row, 0);
      one.forEachSuccessor(t, (u, p) -> row[u] = p);
      two.forEachSuccessor(t, (u, p) -> equal[0] &= row[u] == p);
    }
    return equal[0];
  }

  private DecisionGraph run() {
    int k = physicalStates.initial();
    List<int[]> first = new ArrayList<>();
    List<Double> law = new ArrayList<>();
    prior(0, 0, 1, first, law);
    int[] root = new int[first.size()];
    double[] rootProbability = new double[root.length];
    for (int r = 0; r < root.length; r++) {
      root[r] = decision(0, k, first.get(r)[0]);
      rootProbability[r] = law.get(r);
    }
    boolean endless = environment.isInfinite();
    int periods = endless ? 1 : environment.horizon();
    int from = 0;
    for (int t = 0; t < periods; t++) {
      int end = slots;
      // What is met from now on belongs to the next period; or to all of them.
      int base = endless ? 0 : end;
      boolean last = !endless && t == periods - 1;
      for (int s = from; s < (endless ? slots : end); s++) {
        if (endless || physical[s] >= 0) {
          link(s, base, last);
        }
      }
      if (!endless) {
        for (int s = end; s < slots; s++) {
          if (physical[s] < 0) {
            link(s, base, last);
          }
        }
        from = end;
      }
    }
    return new DecisionGraph(
        decided(),
        Arrays.copyOf(profile, slots),
        Arrays.copyOf(linkStart, slots),
        Arrays.copyOf(linkEnd, slots),
        Arrays.copyOf(linkTarget, links),
        Arrays.copyOf(linkAction, links),
        Arrays.copyOf(linkProbability, links),
        root,
        rootProbability);
  }

  /** The physical states of decisions; chance nodes are told apart by -1. */
  private int[] decided() {
    int[] states = new int[slots];
    for (int s = 0; s < slots; s++) {
      states[s] = Math.max(-1, physical[s]);
    }
    return states;
  }

  /** All first profiles of positive probability. */
  private void prior(int j, int at, double p, List<int[]> profiles, List<Double> law) {
    if (j == agents.length) {
      profiles.add(new int[] {at});
      law.add(p);
      return;
    }
    Agent agent = environment.agent(agents[j]);
    double[] initial = agent.initial();
    for (int t = 0; t < agent.types(); t++) {
      double q = initial == null ? 1 : initial[t];
      if (q > 0) {
        prior(j + 1, at + t * stride[j], p * q, profiles, law);
      }
    }
  }

  /** The slot of a decision that was met since the layer's base, or a new one. */
  private int decision(int base, int k, int types) {
    int at = k * profiles + types;
    if (decisionSlot[at] < base) {
      decisionSlot[at] = add(k, types);
    }
    return decisionSlot[at];
  }

  /** The same of a chance node: its physical state is written as -2 - k, its group apart. */
  private int chance(int base, int g, int k, int types) {
    int at = k * profiles + types;
    if (chanceSlot[g][at] < base) {
      int slot = add(-2 - k, types);
      chanceSlot[g][at] = slot;
      linkStart[slot] = g;
    }
    return chanceSlot[g][at];
  }

  private int add(int k, int types) {
    if (slots == physical.length) {
      int longer = 2 * slots;
      physical = Arrays.copyOf(physical, longer);
      profile = Arrays.copyOf(profile, longer);
      linkStart = Arrays.copyOf(linkStart, longer);
      linkEnd = Arrays.copyOf(linkEnd, longer);
    }
    physical[slots] = k;
    profile[slots] = types;
    return slots++;
  }

  private void link(int slot, int base, boolean last) {
    if ((slot & 0xfff) == 0) {
      Workers.checkInterrupted();
    }
    int types = profile[slot];
    if (physical[slot] < 0) {
      int k = -2 - physical[slot];
      int g = linkStart[slot];
      row(g, types);
      linkStart[slot] = links;
      for (int e = 0; e < successor[g][types].length; e++) {
        int to = decision(base, k, successor[g][types][e]);
        addLink(to, -1, probability[g][types][e]);
      }
    } else {
      int k = physical[slot];
      linkStart[slot] = links;
      for (int a = 0; a < group.length; a++) {
        if (!physicalStates.feasible(k, a)) {
          continue;
        }
        int to = DecisionGraph.NOTHING;
        if (!last) {
          int next = physicalStates.next(k, a);
          to = group[a] < 0 ? decision(base, next, types) : chance(base, group[a], next, types);
        }
        addLink(to, a, 1);
      }
    }
    linkEnd[slot] = links;
  }

  private void addLink(int to, int action, double p) {
    if (links == MOST_LINKS) {
      throw new IllegalArgumentException(
          "the joint states that can be reached, in all periods of a horizon, have more than "
              + MOST_LINKS
              + " transitions");
    }
    if (links == linkTarget.length) {
      linkTarget = Arrays.copyOf(linkTarget, 2 * links);
      linkAction = Arrays.copyOf(linkAction, 2 * links);
      linkProbability = Arrays.copyOf(linkProbability, 2 * links);
    }
    linkTarget[links] = to;
    linkAction[links] = action;
    linkProbability[links++] = p;
  }

  /** Makes a row of a joint matrix of types. */
  private void row(int g, int types) {
    if (successor[g][types] != null) {
      return;
    }
    int[] to = {0};
    double[] law = {1};
    for (int j = 0; j < agents.length; j++) {
      Agent agent = environment.agent(agents[j]);
      int type = types / stride[j] % agent.types();
      List<int[]> next = new ArrayList<>();
      List<Double> p = new ArrayList<>();
      agent
          .transition(actionOfGroup[g])
          .forEachSuccessor(
              type,
              (u, q) -> {
                next.add(new int[] {u});
                p.add(q);
              });
      int[] longer = new int[Math.multiplyExact(to.length, next.size())];
      double[] product = new double[longer.length];
      for (int x = 0, at = 0; x < to.length; x++) {
        for (int y = 0; y < next.size(); y++, at++) {
          longer[at] = to[x] + next.get(y)[0] * stride[j];
          product[at] = law[x] * p.get(y);
        }
      }
      to = longer;
      law = product;
    }
    successor[g][types] = to;
    probability[g][types] = law;
  }
}
