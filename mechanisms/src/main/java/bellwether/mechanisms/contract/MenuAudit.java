package bellwether.mechanisms.contract;

import bellwether.core.parallel.Workers;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * What types gain by the contracts of others.
 *
 * @param maxIncentiveGain the most that one type gains by another's contract, at least 0
 * @param minUtility the least that one expects of its own
 * @param type who gains most; NaN if nobody gains
 * @param report by whose contract; NaN if nobody gains
 */
public record MenuAudit(double maxIncentiveGain, double minUtility, double type, double report) {
  /** The most types that are tried. */
  public static final int MOST_TYPES = 5_000;

  /**
   * Tries each of {@code grid} equally spaced types, ends included, with the contract of each: x
   * expects S(p(x'); x) - M(p(x')) of the contract of x', and 0 of one that does not buy. Costs
   * grid^2 evaluations of S.
   *
   * @param grid from 2 to {@link #MOST_TYPES}
   * @param low finite, in the support
   * @param high finite, in the support, above {@code low}
   * @param progress hears how far it is
   * @throws IllegalArgumentException when an argument is not so
   */
  public static MenuAudit of(
      ContractMenu menu,
      int grid,
      double low,
      double high,
      Workers workers,
      Consumer<String> progress) {
    if (grid < 2 || grid > MOST_TYPES) {
      throw new IllegalArgumentException("grid must be from 2 to " + MOST_TYPES + ": " + grid);
    }
    if (!(Double.isFinite(low) && Double.isFinite(high) && low < high)) {
      throw new IllegalArgumentException(
          "low and high must be finite and in this order: " + low + ", " + high);
    }
    Contract[] contracts = new Contract[grid];
    workers.forEach(
        grid,
        i ->
            contracts[i] =
                menu.contract(
                    i == grid - 1 ? high : Math.min(low + (high - low) * i / (grid - 1), high)));
    double[] gain = new double[grid];
    int[] by = new int[grid];
    AtomicInteger done = new AtomicInteger();
    workers.forEach(
        grid,
        i -> {
          double x = contracts[i].type();
          double best = -contracts[i].utility();
          by[i] = -1;
          for (int k = 0; k < grid; k++) {
            Contract other = contracts[k];
            if (!other.participates() || k == i) {
              continue;
            }
            double lie = menu.surplus(other.price(), x) - other.upfront() - contracts[i].utility();
            if (lie > best) {
              best = lie;
              by[i] = k;
            }
          }
          gain[i] = best;
          progress.accept("audit " + done.incrementAndGet() + " of " + grid + " types");
        });
    double most = 0;
    double least = Double.POSITIVE_INFINITY;
    int who = -1;
    for (int i = 0; i < grid; i++) {
      least = Math.min(least, contracts[i].utility());
      if (gain[i] > most) {
        most = gain[i];
        who = i;
      }
    }
    return new MenuAudit(
        most,
        least,
        who < 0 ? Double.NaN : contracts[who].type(),
        who < 0 || by[who] < 0 ? Double.NaN : contracts[by[who]].type());
  }
}
