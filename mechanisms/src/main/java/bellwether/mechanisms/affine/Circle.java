package bellwether.mechanisms.affine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A component of a graph that leads back to itself, in numbers of its own: decisions 0..n-1, and
 * continuations, what may follow a decision. A continuation is worth a constant, from nodes outside
 * that are known, and the mean of some decisions inside.
 */
final class Circle {
  /** Decisions up to which an inverse is kept. */
  private static final int MOST_INVERTED = 512;

  /** Slots of the decisions. */
  final int[] slot;

  /** By decision d: its choices are choiceStart[d] to choiceStart[d + 1] - 1. */
  final int[] choiceStart;

  /** By choice: the action, and the continuation that follows it. */
  final int[] action;

  final int[] continuation;

  /** By continuation: the chance node that it is, or -1. */
  final int[] chance;

  final int[] insideStart;
  final int[] inside;
  final double[] insideProbability;
  final int[] outsideStart;
  final int[] outside;
  final double[] outsideProbability;

  /** Whether nothing leads out. */
  final boolean closed;

  /**
   * Where all actions of a decision lead to the same, so that the best is the best now: the inverse
   * of I - d P, {@code [row * n + column]}; else empty.
   */
  final double[] inverse;

  Circle(DecisionGraph graph, int component, double discount) {
    int from = graph.componentStart[component];
    int to = graph.componentStart[component + 1];
    Map<Integer, Integer> local = new HashMap<>();
    List<Integer> slots = new ArrayList<>();
    Set<Integer> members = new HashSet<>();
    for (int x = from; x < to; x++) {
      int s = graph.order[x];
      if (graph.isDecision(s)) {
        local.put(s, slots.size());
        slots.add(s);
      } else {
        members.add(s);
      }
    }
    slot = ints(slots);
    Map<Integer, Integer> known = new HashMap<>();
    List<Integer> targets = new ArrayList<>();
    List<Integer> actions = new ArrayList<>();
    List<Integer> continuations = new ArrayList<>();
    choiceStart = new int[slot.length + 1];
    for (int d = 0; d < slot.length; d++) {
      for (int l = graph.linkStart[slot[d]]; l < graph.linkEnd[slot[d]]; l++) {
        int target = graph.linkTarget[l];
        Integer old = known.putIfAbsent(target, targets.size());
        if (old == null) {
          targets.add(target);
        }
        actions.add(graph.linkAction[l]);
        continuations.add(old == null ? targets.size() - 1 : old);
      }
      choiceStart[d + 1] = actions.size();
    }
    action = ints(actions);
    continuation = ints(continuations);
    chance = new int[targets.size()];
    insideStart = new int[targets.size() + 1];
    outsideStart = new int[targets.size() + 1];
    List<Integer> in = new ArrayList<>();
    List<Double> inLaw = new ArrayList<>();
    List<Integer> out = new ArrayList<>();
    List<Double> outLaw = new ArrayList<>();
    for (int e = 0; e < chance.length; e++) {
      int target = targets.get(e);
      chance[e] = -1;
      if (members.contains(target)) {
        chance[e] = target;
        for (int l = graph.linkStart[target]; l < graph.linkEnd[target]; l++) {
          Integer d = local.get(graph.linkTarget[l]);
          (d == null ? out : in).add(d == null ? graph.linkTarget[l] : d);
          (d == null ? outLaw : inLaw).add(graph.linkProbability[l]);
        }
      } else {
        Integer d = local.get(target);
        (d == null ? out : in).add(d == null ? target : d);
        (d == null ? outLaw : inLaw).add(1.0);
      }
      insideStart[e + 1] = in.size();
      outsideStart[e + 1] = out.size();
    }
    inside = ints(in);
    insideProbability = inLaw.stream().mapToDouble(p -> p).toArray();
    outside = ints(out);
    outsideProbability = outLaw.stream().mapToDouble(p -> p).toArray();
    closed = outside.length == 0;
    boolean small = slot.length > 1 && slot.length <= MOST_INVERTED;
    inverse = small && uncontrolled() ? inverse(discount) : new double[0];
  }

  private boolean uncontrolled() {
    for (int d = 0; d < slot.length; d++) {
      for (int l = choiceStart[d] + 1; l < choiceStart[d + 1]; l++) {
        if (continuation[l] != continuation[choiceStart[d]]) {
          return false;
        }
      }
    }
    return true;
  }

  /** By Gauss and Jordan; rows of I - d P are diagonally dominant, so that no pivots are needed. */
  private double[] inverse(double discount) {
    int n = slot.length;
    double[] matrix = new double[n * n];
    double[] inverted = new double[n * n];
    for (int d = 0; d < n; d++) {
      matrix[d * n + d] = 1;
      inverted[d * n + d] = 1;
      int e = continuation[choiceStart[d]];
      for (int k = insideStart[e]; k < insideStart[e + 1]; k++) {
        matrix[d * n + inside[k]] -= discount * insideProbability[k];
      }
    }
    for (int k = 0; k < n; k++) {
      double pivot = matrix[k * n + k];
      for (int j = 0; j < n; j++) {
        matrix[k * n + j] /= pivot;
        inverted[k * n + j] /= pivot;
      }
      for (int i = 0; i < n; i++) {
        double factor = matrix[i * n + k];
        if (i == k || factor == 0) {
          continue;
        }
        for (int j = 0; j < n; j++) {
          matrix[i * n + j] -= factor * matrix[k * n + j];
          inverted[i * n + j] -= factor * inverted[k * n + j];
        }
      }
    }
    return inverted;
  }

  private static int[] ints(List<Integer> list) {
    return list.stream().mapToInt(x -> x).toArray();
  }

  int size() {
    return slot.length;
  }

  int continuations() {
    return chance.length;
  }
}
