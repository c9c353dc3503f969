package bellwether.mechanisms.affine;

import java.util.Arrays;

/**
 * What has to be known, and in which order, to find the value of the first state: decision nodes,
 * joint states of the physical state and the types of some agents, and chance nodes, the
 * expectation over the next types. Only what can be reached is here.
 *
 * <p>Nodes are numbered by slot. The links of a decision node are its feasible actions, each with
 * the slot of what follows or {@link #NOTHING} in the last period; those of a chance node are the
 * decision nodes that may follow, with their probabilities. A decision whose types stay leads to a
 * decision at once.
 *
 * <p>{@link #order} lists the strongly connected components, each after all that it leads to
 * (Tarjan 1972): what has no circles is solved in one pass (Dai and Goldsmith 2007).
 */
final class DecisionGraph {
  /** Stands for what follows the last period. */
  static final int NOTHING = -1;

  final int slots;

  /** By slot: the physical state of a decision node, or -1 of a chance node. */
  final int[] physical;

  /** By slot: the profile of types of a decision node. */
  final int[] profile;

  /** The links of slot s are linkStart[s] to linkEnd[s] - 1. */
  final int[] linkStart;

  final int[] linkEnd;

  final int[] linkTarget;

  /** By link of a decision node. */
  final int[] linkAction;

  /** By link of a chance node. */
  final double[] linkProbability;

  /** Slots of the first period and their probabilities. */
  final int[] rootSlot;

  final double[] rootProbability;

  final int[] order;
  final int[] componentStart;

  DecisionGraph(
      int[] physical,
      int[] profile,
      int[] linkStart,
      int[] linkEnd,
      int[] linkTarget,
      int[] linkAction,
      double[] linkProbability,
      int[] rootSlot,
      double[] rootProbability) {
    slots = physical.length;
    this.physical = physical;
    this.profile = profile;
    this.linkStart = linkStart;
    this.linkEnd = linkEnd;
    this.linkTarget = linkTarget;
    this.linkAction = linkAction;
    this.linkProbability = linkProbability;
    this.rootSlot = rootSlot;
    this.rootProbability = rootProbability;
    order = new int[slots];
    int[] starts = new int[slots + 1];
    int components = components(order, starts);
    componentStart = Arrays.copyOf(starts, components + 1);
  }

  boolean isDecision(int slot) {
    return physical[slot] >= 0;
  }

  int components() {
    return componentStart.length - 1;
  }

  /** Whether a component is one node that does not lead to itself. */
  boolean isSimple(int component) {
    int from = componentStart[component];
    if (componentStart[component + 1] - from > 1) {
      return false;
    }
    int slot = order[from];
    for (int l = linkStart[slot]; l < linkEnd[slot]; l++) {
      if (linkTarget[l] == slot) {
        return false;
      }
    }
    return true;
  }

  /** Tarjan's algorithm without recursion; returns how many components there are. */
  private int components(int[] out, int[] starts) {
    int[] index = new int[slots];
    int[] low = new int[slots];
    Arrays.fill(index, -1);
    boolean[] open = new boolean[slots];
    int[] stack = new int[slots];
    int[] path = new int[slots];
    int[] next = new int[slots];
    int height = 0;
    int counted = 0;
    int written = 0;
    int components = 0;
    for (int first = 0; first < slots; first++) {
      if (index[first] >= 0) {
        continue;
      }
      int depth = 0;
      path[0] = first;
      index[first] = counted;
      low[first] = counted++;
      next[first] = linkStart[first];
      stack[height++] = first;
      open[first] = true;
      while (depth >= 0) {
        int s = path[depth];
        if (next[s] < linkEnd[s]) {
          int to = linkTarget[next[s]++];
          if (to == NOTHING) {
            continue;
          }
          if (index[to] < 0) {
            index[to] = counted;
            low[to] = counted++;
            next[to] = linkStart[to];
            stack[height++] = to;
            open[to] = true;
            path[++depth] = to;
          } else if (open[to]) {
            low[s] = Math.min(low[s], index[to]);
          }
          continue;
        }
        if (low[s] == index[s]) {
          starts[components++] = written;
          int from = written;
          int popped;
          do {
            popped = stack[--height];
            open[popped] = false;
            out[written++] = popped;
          } while (popped != s);
          Arrays.sort(out, from, written);
        }
        depth--;
        if (depth >= 0) {
          low[path[depth]] = Math.min(low[path[depth]], low[s]);
        }
      }
    }
    starts[components] = written;
    return components;
  }
}
