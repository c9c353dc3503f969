package bellwether.mechanisms.efficient;

import bellwether.mechanisms.environment.Environment;
import bellwether.mechanisms.joint.ProfileSpace;
import bellwether.mechanisms.joint.TypeTensor;

/**
 * The transfers of Athey and Segal's mechanism. V_-i(k, theta) is what the others and the designer
 * get from here on under x*; reports of period t are made knowing those of t - 1, so that types are
 * drawn from mu = prod_j P_j[x*(r)](r_j), or from the initial law in period 0.
 *
 * <p>gamma_i(r_i) = -(E[V_-i(k, r_i, theta_-i)] - E[V_-i(k, theta)]), and agent i's interim utility
 * at type theta_i is E[W(k, theta_i, theta_-i)] - E[V_-i(k, theta)].
 */
public final class BalancedTransfers {
  private final DynamicMechanism mechanism;
  private final WelfareTables tables;
  private final Environment environment;
  private final ProfileSpace space;

  /** [agent][period]; empty until it is asked for. */
  private final double[][][] others;

  BalancedTransfers(DynamicMechanism mechanism) {
    this.mechanism = mechanism;
    tables = mechanism.tables();
    environment = tables.environment();
    space = tables.space();
    if (environment.size() < 2) {
      throw new IllegalArgumentException(
          "agents must be at least two for the balanced mechanism: " + environment.size());
    }
    if (!environment.hasPrior()) {
      throw new IllegalArgumentException(
          "the balanced mechanism needs an initial law of every agent's type");
    }
    others = new double[environment.size()][tables.periods()][0];
  }

  /**
   * What everybody knew when the types of a period were drawn.
   *
   * @param physical the physical state of the period
   * @param law of each agent's type
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record History(int physical, double[][] law) {}

  /** Before the first period. */
  public History beginning() {
    return new History(environment.physical().initial(), DynamicMechanism.prior(environment));
  }

  /**
   * After the reports of a period.
   *
   * @param period of the reports
   * @param physical state of that period
   * @param reports of that period
   */
  public History after(int period, int physical, int... reports) {
    environment.checkProfile(reports);
    int action = tables.action(period)[space.state(physical, reports)];
    return new History(
        environment.physical().next(physical, action), mechanism.tensor().nextLaw(action, reports));
  }

  /** V_-i by joint state. */
  public double[] othersValue(int period, int i) {
    int at = environment.isInfinite() ? 0 : period;
    double[] known = others[i][at];
    if (known.length > 0) {
      return known;
    }
    double[] value = mechanism.othersValue(period, i);
    others[i][at] = value;
    return value;
  }

  /** gamma_i(r_i) of all agents in a period. */
  public double[] gamma(int period, History before, int... reports) {
    double[] gamma = new double[space.agents()];
    for (int i = 0; i < gamma.length; i++) {
      double[] value = othersValue(period, i);
      gamma[i] = mean(before, value) - meanGiven(before, i, reports[i], value);
    }
    return gamma;
  }

  /** gamma_i(r) by agent and report, after one history. */
  public double[][] gammas(int period, History before) {
    double[][] gamma = new double[space.agents()][];
    for (int i = 0; i < gamma.length; i++) {
      double[] value = othersValue(period, i);
      double mean = mean(before, value);
      gamma[i] = new double[space.types(i)];
      for (int r = 0; r < gamma[i].length; r++) {
        gamma[i][r] = mean - meanGiven(before, i, r, value);
      }
    }
    return gamma;
  }

  /** The interim utilities of the types of a profile. */
  public double[] utility(int period, History before, int... types) {
    double[] utility = new double[space.agents()];
    for (int i = 0; i < utility.length; i++) {
      utility[i] =
          meanGiven(before, i, types[i], tables.welfare(period))
              - mean(before, othersValue(period, i));
    }
    return utility;
  }

  private double mean(History before, double[] f) {
    return mechanism.tensor().mean(before.physical(), before.law(), f);
  }

  /** The mean when the type of agent i is known. */
  private double meanGiven(History before, int i, int type, double[] f) {
    double[][] law = before.law().clone();
    law[i] = new double[space.types(i)];
    law[i][type] = 1;
    TypeTensor tensor = mechanism.tensor();
    return tensor.mean(before.physical(), law, f);
  }
}
