package bellwether.mechanisms.simulation;

import bellwether.mechanisms.efficient.BalancedTransfers;
import bellwether.mechanisms.efficient.DynamicMechanism;
import bellwether.mechanisms.efficient.Mechanism;
import bellwether.mechanisms.efficient.WelfareTables;
import bellwether.mechanisms.environment.Environment;
import bellwether.mechanisms.joint.ProfileSpace;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** A mechanism with tables: a payment is looked up. */
public final class TableRule implements Rule {
  private final WelfareTables tables;
  private final ProfileSpace space;
  private final @Nullable BalancedTransfers balanced;

  /** [period][agent][action][state without the agent]. */
  private final double[][][][] menu;

  /** gamma by agent and report after each history of each period, once it was asked for. */
  private final AtomicReferenceArray<double[][]> gammas;

  /** Makes all menus of an ex post mechanism, or the others' values of the balanced one. */
  public TableRule(DynamicMechanism mechanism) {
    tables = mechanism.tables();
    space = tables.space();
    int n = space.agents();
    if (mechanism.mechanism() instanceof Mechanism.Balanced) {
      balanced = mechanism.balanced();
      menu = new double[0][][][];
      for (int t = 0; t < tables.periods(); t++) {
        for (int i = 0; i < n; i++) {
          balanced.othersValue(t, i);
        }
      }
    } else {
      balanced = null;
      menu = new double[tables.periods()][n][][];
      for (int t = 0; t < menu.length; t++) {
        for (int i = 0; i < n; i++) {
          menu[t][i] = mechanism.prices().menu(t, i);
        }
      }
    }
    gammas =
        new AtomicReferenceArray<>(
            balanced == null ? 0 : Math.multiplyExact(tables.periods(), space.states()) + 1);
  }

  @Override
  public Environment environment() {
    return tables.environment();
  }

  @Override
  public int action(int period, int physical, int[] reports) {
    return tables.action(period)[space.state(physical, reports)];
  }

  @Override
  public void pay(
      int period,
      int physical,
      int[] reports,
      int action,
      @Nullable Before before,
      double[] payments) {
    int n = payments.length;
    if (balanced != null) {
      double[][] gamma = gamma(balanced, period, before);
      for (int i = 0; i < n; i++) {
        int j = (i + 1) % n;
        payments[i] = gamma[i][reports[i]] - gamma[j][reports[j]];
      }
      return;
    }
    int state = space.state(physical, reports);
    double[][][] now = menu[tables.environment().isInfinite() ? 0 : period];
    for (int i = 0; i < n; i++) {
      payments[i] = now[i][action][space.without(i, state)];
    }
  }

  private double[][] gamma(BalancedTransfers transfers, int period, @Nullable Before before) {
    int t = tables.environment().isInfinite() ? 0 : period;
    int at =
        before == null
            ? gammas.length() - 1
            : t * space.states() + space.state(before.physical(), before.reports());
    double[][] known = gammas.get(at);
    if (known != null) {
      return known;
    }
    BalancedTransfers.History history =
        before == null
            ? transfers.beginning()
            : transfers.after(Math.max(0, t - 1), before.physical(), before.reports());
    double[][] gamma = transfers.gammas(t, history);
    gammas.set(at, gamma);
    return gamma;
  }
}
