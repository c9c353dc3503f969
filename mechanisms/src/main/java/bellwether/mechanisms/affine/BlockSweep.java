package bellwether.mechanisms.affine;

import bellwether.core.parallel.Workers;
import bellwether.mechanisms.environment.Environment;
import java.util.Arrays;

/**
 * Room to solve one {@link WelfareProblem} for a block of columns at a time, under one rule after
 * the other: W in one pass over the graph, and what the agents' and the designer's own values are
 * worth under the maximizing actions. Of actions within 1e-9 (1 + |best|) of the best the lowest is
 * taken.
 *
 * <p>All arrays have the columns of the block side by side: loads of graph and probabilities serve
 * all of them, and every loop runs over neighbours.
 */
final class BlockSweep {
  private static final double TIE = 1e-9;

  final WelfareProblem problem;
  final int width;
  final double discount;

  /** Whether what follows the actions is evaluated too. */
  final boolean evaluates;

  /** By slot. */
  final double[] welfare;

  /** By slot: what the agents' own values are worth, unweighted, and the designer's. */
  final double[] values;

  final double[] designer;

  /** By action and profile: the weighted flow, without designer and boosts, and the plain one. */
  private final double[] flow;

  private final double[] plain;
  private final boolean designerIndifferent;
  private final double[] score;
  private final double[] own;
  private final CircleSolver circles;
  private AffineRule rule;

  BlockSweep(WelfareProblem problem, int width, boolean evaluates) {
    this.problem = problem;
    this.width = width;
    this.evaluates = evaluates;
    Environment base = problem.environment.base();
    discount = base.discount();
    designerIndifferent = base.designerIndifferent();
    rule = AffineRule.pivot(base.size(), base.actions());
    welfare = new double[problem.graph.slots * width];
    values = new double[evaluates ? welfare.length : 0];
    designer = new double[evaluates && !designerIndifferent ? welfare.length : 0];
    flow = new double[base.actions() * problem.profiles * width];
    plain = new double[evaluates ? flow.length : 0];
    score = new double[base.actions() * width];
    own = new double[width];
    circles = new CircleSolver(this);
  }

  /** Numbers that a sweep of this width has room for. */
  static double size(WelfareProblem problem, int width, boolean evaluates) {
    double slots = (double) problem.graph.slots * width;
    double flows = (double) problem.concerned.length * problem.profiles * width;
    return evaluates ? 3 * slots + 2 * flows : slots + flows;
  }

  /** Solves the columns from {@code first} on; those after the last are copies of it. */
  void solve(AffineRule of, int first) {
    Workers.checkInterrupted();
    rule = of;
    flows(first);
    DecisionGraph graph = problem.graph;
    for (int c = 0; c < graph.components(); c++) {
      Circle circle = problem.circles[c];
      if (circle != null) {
        circles.solve(circle);
        continue;
      }
      int slot = graph.order[graph.componentStart[c]];
      if (graph.isDecision(slot)) {
        decide(slot);
      } else {
        mean(slot);
      }
    }
  }

  /** The mean of a function over the first states, in one column. */
  double root(double[] bySlot, int column) {
    DecisionGraph graph = problem.graph;
    double sum = 0;
    for (int r = 0; r < graph.rootSlot.length; r++) {
      sum += graph.rootProbability[r] * bySlot[graph.rootSlot[r] * width + column];
    }
    return sum;
  }

  /** The designer's value of an action and its boost. */
  double fixed(int physical, int action) {
    return problem.environment.base().designerValue(action) + rule.boost(physical, action);
  }

  double designerValue(int action) {
    return problem.environment.base().designerValue(action);
  }

  double[] flow() {
    return flow;
  }

  double[] plain() {
    return plain;
  }

  /** Where the flow of an action and a profile begins. */
  int flowAt(int action, int profile) {
    return (action * problem.profiles + profile) * width;
  }

  private void flows(int first) {
    Arrays.fill(flow, 0);
    Arrays.fill(plain, 0);
    int last = problem.columns - 1;
    for (int a = 0; a < problem.concerned.length; a++) {
      for (int j : problem.concerned[a]) {
        Alternatives alternatives = problem.environment.alternatives(problem.agents[j]);
        double weight = rule.weight(problem.agents[j]);
        int types = problem.types[j];
        int stride = problem.stride[j];
        int[] alternative = problem.alternative[j];
        for (int t = 0; t < types; t++) {
          for (int c = 0; c < width; c++) {
            int m = alternative[Math.min(first + c, last)];
            own[c] = alternatives.table(m)[a * types + t];
          }
          for (int high = t * stride; high < problem.profiles; high += types * stride) {
            for (int theta = high; theta < high + stride; theta++) {
              add(flow, flowAt(a, theta), weight, own, width);
              if (evaluates) {
                add(plain, flowAt(a, theta), 1, own, width);
              }
            }
          }
        }
      }
    }
  }

  private static void add(double[] to, int at, double weight, double[] from, int width) {
    for (int c = 0; c < width; c++) {
      to[at + c] += weight * from[c];
    }
  }

  private void decide(int slot) {
    DecisionGraph graph = problem.graph;
    int from = graph.linkStart[slot];
    int end = graph.linkEnd[slot];
    int physical = graph.physical[slot];
    int profile = graph.profile[slot];
    int to = slot * width;
    for (int l = from; l < end; l++) {
      int action = graph.linkAction[l];
      int target = graph.linkTarget[l];
      int at = (l - from) * width;
      int flows = flowAt(action, profile);
      double fixed = fixed(physical, action);
      if (target == DecisionGraph.NOTHING) {
        last(score, at, flow, flows, fixed, width);
      } else {
        backup(score, at, flow, flows, fixed, discount, welfare, target * width, width);
      }
      if (l == from) {
        System.arraycopy(score, at, welfare, to, width);
      } else {
        raise(welfare, to, score, at, width);
      }
    }
    if (evaluates) {
      follow(slot);
    }
  }

  /** What the chosen action's values are worth, by column. */
  private void follow(int slot) {
    DecisionGraph graph = problem.graph;
    int from = graph.linkStart[slot];
    int profile = graph.profile[slot];
    int to = slot * width;
    boolean costs = !designerIndifferent;
    for (int l = graph.linkEnd[slot] - 1; l >= from; l--) {
      int action = graph.linkAction[l];
      int target = graph.linkTarget[l];
      int at = (l - from) * width;
      int flows = flowAt(action, profile);
      int next = Math.max(0, target) * width;
      double weight = target == DecisionGraph.NOTHING ? 0 : discount;
      choose(values, to, welfare, score, at, plain, flows, weight, next, width);
      if (costs) {
        double now = designerValue(action);
        for (int c = 0; c < width; c++) {
          if (ties(welfare[to + c], score[at + c])) {
            designer[to + c] = now + weight * designer[next + c];
          }
        }
      }
    }
  }

  static boolean ties(double best, double score) {
    return best - score < TIE * (1 + Math.abs(best));
  }

  private static void choose(
      double[] values,
      int to,
      double[] best,
      double[] score,
      int at,
      double[] plain,
      int flows,
      double weight,
      int next,
      int width) {
    for (int c = 0; c < width; c++) {
      double value = plain[flows + c] + weight * values[next + c];
      values[to + c] = ties(best[to + c], score[at + c]) ? value : values[to + c];
    }
  }

  private static void last(
      double[] score, int at, double[] flow, int flows, double fixed, int width) {
    for (int c = 0; c < width; c++) {
      score[at + c] = flow[flows + c] + fixed;
    }
  }

  private static void backup(
      double[] score,
      int at,
      double[] flow,
      int flows,
      double fixed,
      double discount,
      double[] next,
      int target,
      int width) {
    for (int c = 0; c < width; c++) {
      score[at + c] = flow[flows + c] + fixed + discount * next[target + c];
    }
  }

  private static void raise(double[] best, int to, double[] score, int at, int width) {
    for (int c = 0; c < width; c++) {
      best[to + c] = Math.max(best[to + c], score[at + c]);
    }
  }

  private void mean(int slot) {
    DecisionGraph graph = problem.graph;
    mean(welfare, graph, slot);
    if (evaluates) {
      mean(values, graph, slot);
      if (!designerIndifferent) {
        mean(designer, graph, slot);
      }
    }
  }

  private void mean(double[] bySlot, DecisionGraph graph, int slot) {
    int to = slot * width;
    int from = graph.linkStart[slot];
    first(bySlot, to, graph.linkProbability[from], graph.linkTarget[from] * width, width);
    for (int l = from + 1; l < graph.linkEnd[slot]; l++) {
      more(bySlot, to, graph.linkProbability[l], graph.linkTarget[l] * width, width);
    }
  }

  static void first(double[] x, int to, double p, int from, int width) {
    for (int c = 0; c < width; c++) {
      x[to + c] = p * x[from + c];
    }
  }

  static void more(double[] x, int to, double p, int from, int width) {
    for (int c = 0; c < width; c++) {
      x[to + c] += p * x[from + c];
    }
  }

  boolean designerIndifferent() {
    return designerIndifferent;
  }

  /** The largest bound on the error of a W that was found by iteration; 0 where none was. */
  double gap() {
    return circles.gap();
  }
}
