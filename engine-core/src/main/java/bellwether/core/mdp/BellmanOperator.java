package bellwether.core.mdp;

import bellwether.core.parallel.Workers;

/**
 * The Bellman operator of an explicit model, (T v)(s) = max over a of r(s, a) + d sum_t P(s, a, t)
 * v(t), or the minimum where the objective is a cost: every row evaluated, one pass over the
 * model's arrays. {@link MdpSolver} evaluates fewer; this is for methods of one's own.
 *
 * <p>For any v, T v + d/(1-d) low &lt;= V* &lt;= T v + d/(1-d) high, low and high being the least
 * and largest of T v - v (MacQueen 1966, Porteus 1971).
 */
public final class BellmanOperator implements AutoCloseable {
  private final Backups backups;
  private final RowMdp model;
  private final double sign;
  private final double[] work;
  private double low = Double.NaN;
  private double high = Double.NaN;

  /**
   * The operator of a problem. It keeps one vector over the states, and threads until it is closed.
   *
   * @throws IllegalArgumentException when the model is a product of chains, whose rows are not
   *     stored
   */
  public BellmanOperator(MdpProblem problem, Workers workers) {
    if (!(problem.model() instanceof RowMdp rows)) {
      throw new IllegalArgumentException("model must have rows: " + problem.model().getClass());
    }
    model = rows;
    sign = problem.objective().sign();
    backups =
        new Backups(
            model, problem.discount(), problem.objective(), workers, RowBounds.Memory.NOTHING);
    work = sign < 0 ? new double[model.states()] : new double[0];
  }

  /**
   * image = T v. The same bits for any number of threads.
   *
   * @param v one value for every state
   * @param image another array, as long; the same one gives no T v
   * @throws IllegalArgumentException when an array's length is not the number of states
   */
  public void apply(double[] v, double[] image) {
    int n = model.states();
    if (v.length != n || image.length != n) {
      throw new IllegalArgumentException(
          "v and image must have " + n + " values each: " + v.length + ", " + image.length);
    }
    double[] h = v;
    if (sign < 0) {
      h = work;
      for (int s = 0; s < n; s++) {
        h[s] = -v[s];
      }
    }
    backups.sweep(h, image, 0);
    if (sign < 0) {
      for (int s = 0; s < n; s++) {
        image[s] = -image[s];
      }
    }
    low = sign < 0 ? -backups.high() : backups.low();
    high = sign < 0 ? -backups.low() : backups.high();
  }

  /** The least of T v - v in the last application, NaN before the first. */
  public double low() {
    return low;
  }

  /** The largest of T v - v in the last application, NaN before the first. */
  public double high() {
    return high;
  }

  @Override
  public void close() {
    backups.close();
  }
}
