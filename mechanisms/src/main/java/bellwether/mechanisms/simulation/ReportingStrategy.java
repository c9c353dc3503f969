package bellwether.mechanisms.simulation;

import bellwether.mechanisms.environment.Agent;
import java.util.Arrays;
import java.util.List;

/**
 * What an agent reports in every period: with probability {@code randomShare} any of its types,
 * each as likely, else {@code report[type]}. Immutable.
 */
public final class ReportingStrategy {
  private final int[] report;
  private final double randomShare;

  private ReportingStrategy(int[] report, double randomShare) {
    this.report = report;
    this.randomShare = randomShare;
  }

  /** The truth. */
  public static ReportingStrategy truthful(Agent agent) {
    int[] same = new int[agent.types()];
    Arrays.setAll(same, t -> t);
    return new ReportingStrategy(same, 0);
  }

  /**
   * Shading: the type whose values come nearest to {@code factor} times the true ones, in the sum
   * of squares over actions; the lowest of those that tie.
   *
   * @param factor finite; 1 is the truth
   */
  public static ReportingStrategy shading(Agent agent, double factor) {
    if (!Double.isFinite(factor)) {
      throw new IllegalArgumentException("factor must be finite: " + factor);
    }
    int[] report = new int[agent.types()];
    for (int t = 0; t < report.length; t++) {
      double best = Double.POSITIVE_INFINITY;
      for (int r = 0; r < report.length; r++) {
        double distance = 0;
        for (int a = 0; a < agent.actions(); a++) {
          double difference = agent.value(a, r) - factor * agent.value(a, t);
          distance += difference * difference;
        }
        if (distance < best) {
          best = distance;
          report[t] = r;
        }
      }
    }
    return new ReportingStrategy(report, 0);
  }

  /**
   * Random reports.
   *
   * @param probability of a report drawn from all types, in [0, 1]; else it is the truth
   */
  public static ReportingStrategy random(Agent agent, double probability) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("probability must be in [0, 1]: " + probability);
    }
    return new ReportingStrategy(truthful(agent).report, probability);
  }

  /**
   * Reports from a table.
   *
   * @param report by true type
   * @throws IllegalArgumentException when there is not one for every type, or one is no type
   */
  public static ReportingStrategy table(Agent agent, int... report) {
    if (report.length != agent.types()) {
      throw new IllegalArgumentException(
          "report must be one for every type, " + agent.types() + ": " + report.length);
    }
    for (int t = 0; t < report.length; t++) {
      if (report[t] < 0 || report[t] >= report.length) {
        throw new IllegalArgumentException(
            "report[" + t + "] must be a type, 0 to " + (report.length - 1) + ": " + report[t]);
      }
    }
    return new ReportingStrategy(report.clone(), 0);
  }

  /** The truth from all agents. */
  public static List<ReportingStrategy> allTruthful(List<Agent> agents) {
    return agents.stream().map(ReportingStrategy::truthful).toList();
  }

  /**
   * The report of a type.
   *
   * @param whether a uniform number that decides whether the report is drawn
   * @param which a uniform number that draws it
   */
  int report(int type, double whether, double which) {
    return whether < randomShare ? (int) (which * report.length) : report[type];
  }
}
