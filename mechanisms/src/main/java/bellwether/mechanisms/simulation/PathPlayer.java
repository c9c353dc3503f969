package bellwether.mechanisms.simulation;

import bellwether.core.mdp.TypeTransition;
import bellwether.mechanisms.environment.Agent;
import bellwether.mechanisms.environment.Environment;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.jspecify.annotations.Nullable;

/**
 * Plays single paths. Every agent takes three uniform numbers a period, whatever it reports, so
 * that paths of one seed meet the same luck under all strategies.
 */
final class PathPlayer {
  private final Rule rule;
  private final Environment environment;
  private final int n;
  private final int[] types;
  private int[] reports;
  private int[] last;
  private final double[] payments;

  /** Totals of a path: welfare, revenue, the designer's value, utilities, payments. */
  final double[] totals;

  /** The largest |sum of payments| of a period so far. */
  double imbalance;

  PathPlayer(Rule rule) {
    this.rule = rule;
    environment = rule.environment();
    n = environment.size();
    types = new int[n];
    reports = new int[n];
    last = new int[n];
    payments = new double[n];
    totals = new double[3 + 2 * n];
  }

  /** Draws the first types; agents whose type is given keep it. */
  void begin(int @Nullable [] given, UniformRandomProvider random) {
    for (int i = 0; i < n; i++) {
      double u = random.nextDouble();
      types[i] = given != null && given[i] >= 0 ? given[i] : draw(environment.agent(i), u);
    }
  }

  private static int draw(Agent agent, double u) {
    double[] law = agent.initial();
    if (law == null) {
      throw new IllegalStateException("an agent has no initial law");
    }
    double sum = 0;
    int found = 0;
    for (int t = 0; t < law.length; t++) {
      if (law[t] > 0) {
        found = t;
        sum += law[t];
        if (u < sum) {
          break;
        }
      }
    }
    return found;
  }

  /**
   * Plays.
   *
   * @param first reports in the first period only, -1 for the strategy's; null for none
   */
  void play(
      int physicalStart,
      int periods,
      List<ReportingStrategy> strategies,
      int @Nullable [] first,
      UniformRandomProvider random) {
    java.util.Arrays.fill(totals, 0);
    double weight = 1;
    int physical = physicalStart;
    int before = -1;
    for (int t = 0; t < periods; t++) {
      for (int i = 0; i < n; i++) {
        double whether = random.nextDouble();
        double which = random.nextDouble();
        reports[i] = strategies.get(i).report(types[i], whether, which);
        if (t == 0 && first != null && first[i] >= 0) {
          reports[i] = first[i];
        }
      }
      int action = rule.action(t, physical, reports);
      rule.pay(
          t, physical, reports, action, t == 0 ? null : new Rule.Before(before, last), payments);
      double paid = 0;
      double flow = environment.designerValue(action);
      totals[2] += weight * flow;
      for (int i = 0; i < n; i++) {
        double value = environment.agent(i).value(action, types[i]);
        flow += value;
        paid += payments[i];
        totals[3 + i] += weight * (value - payments[i]);
        totals[3 + n + i] += weight * payments[i];
      }
      totals[0] += weight * flow;
      totals[1] += weight * paid;
      imbalance = Math.max(imbalance, Math.abs(paid));
      weight *= environment.discount();
      for (int i = 0; i < n; i++) {
        types[i] = next(environment.agent(i).transition(action), types[i], random.nextDouble());
      }
      before = physical;
      physical = environment.physical().next(physical, action);
      int[] old = last;
      last = reports;
      reports = old;
    }
  }

  private final double[] left = new double[1];
  private final int[] found = new int[1];

  private int next(TypeTransition transition, int type, double u) {
    if (transition.stays()) {
      return type;
    }
    left[0] = u;
    found[0] = -1;
    transition.forEachSuccessor(
        type,
        (successor, p) -> {
          if (left[0] >= 0) {
            found[0] = successor;
            left[0] -= p;
          }
        });
    return found[0];
  }
}
