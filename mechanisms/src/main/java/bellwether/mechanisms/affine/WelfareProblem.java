package bellwether.mechanisms.affine;

import bellwether.mechanisms.environment.Environment;

/**
 * W of some agents for many combinations of their alternatives: the graph they share, the tables of
 * values, and the combinations as columns. Blocks of columns are solved apart.
 */
final class WelfareProblem {
  final PrivateEnvironment environment;

  /** Who is there, in increasing order. */
  final int[] agents;

  final DecisionGraph graph;
  final Circle[] circles;

  /** [agent][column]. */
  final int[][] alternative;

  final int columns;

  /** By action: which of the agents it concerns, as positions among them. */
  final int[][] concerned;

  final int[] types;
  final int[] stride;
  final int profiles;

  WelfareProblem(PrivateEnvironment environment, int[] agents, int[][] alternative, int columns) {
    this.environment = environment;
    this.agents = agents;
    this.alternative = alternative;
    this.columns = columns;
    Environment base = environment.base();
    graph = GraphBuilder.build(base, agents);
    circles = new Circle[graph.components()];
    for (int c = 0; c < circles.length; c++) {
      if (!graph.isSimple(c)) {
        circles[c] = new Circle(graph, c, base.discount());
      }
    }
    types = new int[agents.length];
    stride = new int[agents.length];
    int size = 1;
    for (int j = agents.length - 1; j >= 0; j--) {
      types[j] = base.agent(agents[j]).types();
      stride[j] = size;
      size *= types[j];
    }
    profiles = size;
    concerned = new int[base.actions()][];
    for (int a = 0; a < concerned.length; a++) {
      int action = a;
      concerned[a] =
          java.util.stream.IntStream.range(0, agents.length)
              .filter(j -> !environment.alternatives(agents[j]).ignores(action))
              .toArray();
    }
  }

  /** Multiplications or so that one column takes. */
  double work() {
    double work = graph.linkTarget.length;
    for (int[] some : concerned) {
      work += (double) profiles * (1 + some.length);
    }
    for (Circle circle : circles) {
      if (circle != null) {
        double n = circle.size();
        work +=
            circle.inverse.length > 0
                ? n * n
                : n <= CircleSolver.MOST_ELIMINATED ? n * n * n + 10 * n : 300 * n;
      }
    }
    return work;
  }
}
