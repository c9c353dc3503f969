package bellwether.mechanisms.optimal;

import bellwether.core.distribution.Distribution;
import bellwether.core.parallel.Workers;
import bellwether.core.quadrature.AdaptiveIntegral;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.DoubleUnaryOperator;

/**
 * The expected profit of one or two agents. In one agent's initial type everything is exact: the
 * weighted welfare is piecewise linear in its weight, and the virtual type integrates by parts. The
 * second agent's type is integrated over by adaptive panels, cut where the rule changes whatever
 * the first reports.
 *
 * <p>Since the weighted welfare is convex in weights, its tangents and chords at the panels' points
 * bound what is integrated from below and above, so that the bound of Corollary 3.1 lies between
 * two exact integrals.
 */
public final class ExactProfit {
  /** Questions times joint states times actions beyond which panels are given up. */
  private static final double MOST_WORK = 2e10;

  private final SeparableEnvironment environment;
  private final WeightedWelfare welfare;
  private final TypeSections[] sections;
  private final double[][] range;
  private final double tolerance;
  private final Consumer<String> progress;
  private final List<Node> nodes = new ArrayList<>();
  private final double most;

  /** A place of the outer integral: the mean of G over the inner type there, and its slope. */
  private record Node(double y, double mean, double slope) {}

  /** There are more breakpoints than can be gone through. */
  public static final class TooManyPiecesException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TooManyPiecesException(long questions) {
      super(
          "the weighted welfare has too many pieces: "
              + questions
              + " solutions of it were not enough");
    }
  }

  private ExactProfit(
      SeparableEnvironment environment,
      double tolerance,
      Consumer<String> progress,
      Workers workers) {
    this.environment = environment;
    this.progress = progress;
    int n = environment.size();
    boolean[] all = new boolean[n];
    java.util.Arrays.fill(all, true);
    welfare = WeightedWelfare.of(environment, all, workers);
    sections = new TypeSections[n];
    range = new double[n][];
    double states = environment.actions();
    for (int i = 0; i < n; i++) {
      sections[i] = TypeSections.of(environment.agent(i).type());
      range[i] = weightRange(environment, i, sections[i]);
      states *= environment.agent(i).signals().types();
    }
    this.tolerance = tolerance > 0 ? tolerance : 1e-8 * Math.max(1e-3, scale());
    most = MOST_WORK / states;
  }

  /** What the welfare is at high types. */
  private double scale() {
    double[] y = new double[range.length];
    for (int i = 0; i < y.length; i++) {
      Distribution law = environment.agent(i).type().distribution();
      y[i] = Math.abs(environment.agent(i).type().function().value(law.quantile(0.9)));
    }
    return Math.abs(welfare.at(y).value(y));
  }

  /**
   * Integrates.
   *
   * @param tolerance of the result, or 0 for 1e-8 of what the welfare is at high types
   * @param progress hears how far it is
   * @throws IllegalArgumentException when there are more than two agents
   * @throws TooManyPiecesException when that would take too long
   * @throws ArithmeticException when a rent or the profit is infinite
   * @throws java.util.concurrent.CancellationException when the thread is interrupted
   */
  public static ExpectedProfit of(
      SeparableEnvironment environment,
      double tolerance,
      Consumer<String> progress,
      Workers workers) {
    if (environment.size() > 2) {
      throw new IllegalArgumentException(
          "agents must be one or two for exact profits: " + environment.size());
    }
    ExactProfit profit = new ExactProfit(environment, tolerance, progress, workers);
    return environment.size() == 1 ? profit.single() : profit.pair();
  }

  /** The finite range of weights that are looked at. */
  static double[] weightRange(SeparableEnvironment environment, int i, TypeSections sections) {
    SeparableAgent agent = environment.agent(i);
    double peak = Math.abs(agent.type().function().value(sections.top()));
    double low = Math.min(0, sections.lowest());
    double high = Math.max(0, sections.highest());
    double limit = 1e6 * (1 + peak + costs(environment) / Math.max(1e-300, unit(agent)));
    return new double[] {Math.max(low, -limit), Math.min(high, Math.max(limit, peak))};
  }

  private static double costs(SeparableEnvironment environment) {
    double most = 0;
    for (int a = 0; a < environment.actions(); a++) {
      most = Math.max(most, Math.abs(environment.cost(a)));
    }
    for (SeparableAgent agent : environment.agents()) {
      double own = 0;
      for (int a = 0; a < environment.actions(); a++) {
        for (int s = 0; s < agent.signals().types(); s++) {
          own = Math.max(own, Math.abs(agent.own(a, s)) + Math.abs(agent.unit(a, s)));
        }
      }
      most += own;
    }
    return most;
  }

  private static double unit(SeparableAgent agent) {
    double most = 0;
    for (int a = 0; a < agent.signals().actions(); a++) {
      for (int s = 0; s < agent.signals().types(); s++) {
        most = Math.max(most, Math.abs(agent.unit(a, s)));
      }
    }
    return most;
  }

  /** Agent i's rents when the other's weight is this. */
  private RentCurve curve(int i, double other) {
    if (welfare.asked() > most) {
      throw new TooManyPiecesException(welfare.asked());
    }
    double[] y = new double[range.length];
    java.util.Arrays.fill(y, other);
    WelfareLine line = WelfareLine.of(welfare, i, y, range[i][0], range[i][1]);
    return new RentCurve(environment.agent(i).type(), sections[i], line);
  }

  private ExpectedProfit single() {
    RentCurve curve = curve(0, 0);
    double bound = curve.expectedWelfare();
    double profit = curve.expectedPayment(true, tolerance / 16);
    double error = welfare.rounding(range[0][1]) + 1e-15 * Math.abs(bound);
    return new ExpectedProfit(
        profit,
        bound,
        tolerance / 16 + error,
        error,
        bound - error,
        bound + error,
        "breakpoints",
        welfare.asked(),
        0,
        0);
  }

  private ExpectedProfit pair() {
    double bound = outer(1, this::node);
    for (TypeSections.Section section : sections[1].all()) {
      if (section.included()) {
        node(clip(1, section.low()));
        node(clip(1, section.high()));
      }
    }
    double[] bracket = bracket();
    double paid = outer(1, y -> curve(0, y).expectedPayment(true, tolerance / 64));
    paid += outer(0, y -> curve(1, y).expectedPayment(false, tolerance / 64));
    return new ExpectedProfit(
        paid,
        bound,
        8 * tolerance,
        4 * tolerance,
        Math.min(bracket[0], bound),
        Math.max(bracket[1], bound),
        "breakpointsAndPanels",
        welfare.asked(),
        0,
        0);
  }

  private double node(double y) {
    RentCurve curve = curve(0, y);
    double mean = curve.expectedWelfare();
    nodes.add(new Node(y, mean, curve.expectedSlope(1)));
    return mean;
  }

  /** E over agent j's type of a function of its weight. */
  private double outer(int j, DoubleUnaryOperator function) {
    double sum = 0;
    SeparableAgent agent = environment.agent(j);
    Distribution law = agent.type().distribution();
    NavigableSet<Double> cuts = cuts(j);
    for (TypeSections.Section section : sections[j].all()) {
      if (!section.included()) {
        double mass = law.cumulative(section.to()) - law.cumulative(section.from());
        sum += mass * function.applyAsDouble(0);
        continue;
      }
      List<Double> ends = new ArrayList<>();
      ends.add(section.from());
      ends.addAll(cuts.subSet(section.from(), false, section.to(), false));
      ends.add(section.to());
      for (int k = 1; k < ends.size(); k++) {
        progress.accept(
            String.format(
                Locale.ROOT,
                "types of agent %d, panel %d of %d, %d solutions",
                j,
                k,
                ends.size() - 1,
                welfare.asked()));
        sum +=
            AdaptiveIntegral.of(
                z ->
                    RentCurve.density(law, z)
                        * function.applyAsDouble(clip(j, agent.effectiveWeight(z))),
                ends.get(k - 1),
                ends.get(k),
                tolerance / ends.size());
      }
    }
    return sum;
  }

  private double clip(int j, double y) {
    return Math.max(range[j][0], Math.min(range[j][1], y));
  }

  /** Types of agent j at which the rule changes when the other's weight is low, 0 or high. */
  private NavigableSet<Double> cuts(int j) {
    NavigableSet<Double> cuts = new TreeSet<>();
    double[] others = {range[1 - j][0], 0, range[1 - j][1]};
    for (double other : others) {
      for (double z : curve(j, other).knots()) {
        cuts.add(z);
      }
    }
    return cuts;
  }

  /** Exact integrals of tangents and chords between the points of the outer integral. */
  private double[] bracket() {
    nodes.sort(Comparator.comparingDouble(Node::y));
    SeparableAgent agent = environment.agent(1);
    double lower = 0;
    double upper = 0;
    for (TypeSections.Section section : sections[1].all()) {
      double[] both = new double[2];
      if (section.included()) {
        bracket(section, agent, both);
      } else {
        Distribution law = agent.type().distribution();
        double mass = law.cumulative(section.to()) - law.cumulative(section.from());
        java.util.Arrays.fill(both, mass * curve(0, 0).expectedWelfare());
      }
      lower += both[0];
      upper += both[1];
    }
    return new double[] {lower, upper};
  }

  private void bracket(TypeSections.Section section, SeparableAgent agent, double[] both) {
    Distribution law = agent.type().distribution();
    boolean bottom = section.from() == sections[1].bottom();
    boolean top = section.to() == sections[1].top();
    double z = bottom ? law.low() : section.from();
    double end = top ? law.high() : section.to();
    List<Node> inside = new ArrayList<>();
    for (Node node : nodes) {
      if (node.y > section.low() && node.y < section.high()) {
        inside.add(node);
      }
    }
    if (!section.rising()) {
      java.util.Collections.reverse(inside);
    }
    Node before = nearest(section.rising() ? section.low() : section.high());
    for (int k = 0; k <= inside.size(); k++) {
      boolean last = k == inside.size();
      Node next = last ? nearest(section.rising() ? section.high() : section.low()) : inside.get(k);
      double to = last ? end : sections[1].find(section, next.y);
      double mass =
          law.survival(z) < 0.5
              ? law.survival(z) - law.survival(to)
              : law.cumulative(to) - law.cumulative(z);
      double moment = mass == 0 ? 0 : agent.type().virtualMass(z, to);
      double one = line(before.mean, before.slope, before.y, mass, moment);
      double two = line(next.mean, next.slope, next.y, mass, moment);
      double chord = (next.mean - before.mean) / (next.y - before.y);
      // Below all points, where types have no lowest one, there is next to nothing.
      both[0] += Double.isInfinite(z) ? two : Math.max(one, two);
      both[1] +=
          Double.isInfinite(z)
              ? two
              : next.y == before.y
                  ? Math.max(one, two)
                  : line(before.mean, chord, before.y, mass, moment);
      z = to;
      before = next;
    }
  }

  /** The integral of mean + slope (weight - y) over types of a mass, with their moment. */
  private static double line(double mean, double slope, double y, double mass, double moment) {
    return mean * mass + (slope == 0 ? 0 : slope * (moment - y * mass));
  }

  private Node nearest(double y) {
    Node best = nodes.getFirst();
    for (Node node : nodes) {
      if (Math.abs(node.y - y) < Math.abs(best.y - y)) {
        best = node;
      }
    }
    return best;
  }
}
