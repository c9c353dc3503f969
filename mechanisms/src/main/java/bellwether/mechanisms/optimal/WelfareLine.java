package bellwether.mechanisms.optimal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The weighted welfare as a function of one agent's effective weight, the others' fixed: convex and
 * piecewise linear. Breakpoints are found by intersecting supporting lines: where two lines meet,
 * either nothing lies above the meeting point, which is a breakpoint then, or a third line does,
 * and the search goes on at both sides. Two questions a breakpoint.
 */
final class WelfareLine {
  private final WeightedWelfare welfare;
  private final int agent;
  private final double[] weights;
  private final List<Double> found = new ArrayList<>();
  private final List<Plane> right = new ArrayList<>();
  private double[] breakpoints = new double[0];
  private Plane[] planes = new Plane[0];

  private WelfareLine(WeightedWelfare welfare, int agent, double... weights) {
    this.welfare = welfare;
    this.agent = agent;
    this.weights = weights.clone();
  }

  /**
   * Finds all breakpoints between two weights.
   *
   * @param weights of all agents; that of {@code agent} is not looked at
   * @param low finite
   * @param high finite, at least {@code low}
   */
  static WelfareLine of(
      WeightedWelfare welfare, int agent, double[] weights, double low, double high) {
    WelfareLine line = new WelfareLine(welfare, agent, weights);
    Plane first = line.ask(low);
    line.right.add(first);
    if (high > low) {
      line.split(low, first, high, line.ask(high));
    }
    line.breakpoints = line.found.stream().mapToDouble(Double::doubleValue).toArray();
    line.planes = line.right.toArray(new Plane[0]);
    return line;
  }

  private Plane ask(double y) {
    weights[agent] = y;
    return welfare.at(weights);
  }

  private double value(Plane plane, double y) {
    weights[agent] = y;
    return plane.value(weights);
  }

  private void split(double low, Plane left, double high, Plane rightmost) {
    double rise = rightmost.slope()[agent] - left.slope()[agent];
    double size = Math.abs(rightmost.slope()[agent]) + Math.abs(left.slope()[agent]);
    if (!(rise > 1e-14 * size)) {
      return;
    }
    double meet = (value(left, 0) - value(rightmost, 0)) / rise;
    meet = Math.min(high, Math.max(low, meet));
    double below = Math.max(value(left, meet), value(rightmost, meet));
    if (meet > low && meet < high) {
      Plane middle = ask(meet);
      if (value(middle, meet) - below > middle.gap() + welfare.rounding(weights)) {
        split(low, left, meet, middle);
        split(meet, middle, high, rightmost);
        return;
      }
    }
    found.add(meet);
    right.add(rightmost);
  }

  /** Where the slope changes, increasing. */
  double[] breakpoints() {
    return breakpoints;
  }

  /** The piece that a weight lies on: 0 to the number of breakpoints. */
  int piece(double y) {
    int at = Arrays.binarySearch(breakpoints, y);
    return at >= 0 ? at + 1 : -at - 1;
  }

  /** The optimal rule on a piece. */
  Plane plane(int piece) {
    return planes[piece];
  }

  /** G at a weight of the agent. */
  double value(double y) {
    double[] at = weights.clone();
    at[agent] = y;
    return planes[piece(y)].value(at);
  }

  /** The others' weights, with 0 for the agent's own. */
  double[] others() {
    double[] at = weights.clone();
    at[agent] = 0;
    return at;
  }

  /** Whose weight varies. */
  int agent() {
    return agent;
  }
}
