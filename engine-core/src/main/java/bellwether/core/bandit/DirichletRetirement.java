package bellwether.core.bandit;

/**
 * The retirement value of an arm with few values and a Dirichlet belief, as that of a Bernoulli arm
 * ({@link BetaBernoulliRetirement}): with values low + span x, 0 &lt;= x &lt;= 1, and lambda = ((1
 * - d) M - low) / span, phi(M) = M + span max(0, c) and phi'(M) = 1 - (1 - d) e where c &gt; 0.
 *
 * <p><b>Truncation.</b> What is evaluated is the arm that after N pulls pays its mean forever.
 * Someone who knew the probabilities then would gain at most half the standard deviation of the
 * mean a pull from then on. Given A + N counts its variance is that of one pull over A + N + 1, and
 * the variance of one pull falls in expectation as beliefs sharpen, so with that of the first pull,
 * v,
 *
 * <pre>0 &lt;= phi_true - phi &lt;= span d^N / (1 - d) sqrt(v / (A + N + 1)) / 2.</pre>
 *
 * <p>One evaluation takes N^K / K! cells for K categories. An instance keeps a layer of N^(K-1)
 * numbers and is used by one thread at a time.
 */
public final class DirichletRetirement implements RetirementCurve {
  private final double discount;
  private final double low;
  private final double span;
  private final double mean;
  private final int horizon;
  private final double error;
  private final DirichletLattice lattice;
  private final double lastBreakpoint;

  private DirichletRetirement(
      double discount,
      double low,
      double span,
      double mean,
      int horizon,
      double error,
      DirichletLattice lattice) {
    this.discount = discount;
    this.low = low;
    this.span = span;
    this.mean = mean;
    this.horizon = horizon;
    this.error = error;
    this.lattice = lattice;
    this.lastBreakpoint = (low + span * index()) / (1 - discount);
  }

  /**
   * The curve of {@code arm} in its present state.
   *
   * @param discount d, in [0, 1)
   * @param truncationError bound on phi_true - phi in units of value, positive
   * @throws IllegalArgumentException when an argument is out of range, or when the error needs more
   *     than {@link DirichletIndex#MAX_CELLS} cells or is below what rounding leaves
   * @throws java.util.concurrent.CancellationException when the thread is interrupted
   */
  public static DirichletRetirement of(DirichletArm arm, double discount, double truncationError) {
    if (!(discount >= 0 && discount < 1)) {
      throw new IllegalArgumentException("discount must be in [0, 1): " + discount);
    }
    if (!(truncationError > 0)) {
      throw new IllegalArgumentException("truncationError must be positive: " + truncationError);
    }
    int n = arm.categories();
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    double counts = 0;
    double[] alpha = new double[n];
    for (int k = 0; k < n; k++) {
      alpha[k] = arm.alpha(k);
      counts += alpha[k];
      least = Math.min(least, arm.value(k));
      most = Math.max(most, arm.value(k));
    }
    double span = most - least;
    if (!(span < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("values must differ by a finite number: " + arm);
    }
    double[] values = new double[n];
    double mean = 0;
    double square = 0;
    for (int k = 0; k < n; k++) {
      values[k] = span == 0 ? 0 : (arm.value(k) - least) / span;
      mean += alpha[k] / counts * values[k];
      square += alpha[k] / counts * values[k] * values[k];
    }
    DirichletLattice lattice = new DirichletLattice(alpha, values, discount);
    double forever = 1 / (1 - discount);
    double rounding =
        span * lattice.rounding(0, forever) * forever + 0x1p-50 * Math.abs(least) * forever;
    double variance = Math.max(0, square - mean * mean) + 0x1p-50;
    int horizon = 1;
    double error = bound(span, variance, counts, discount, horizon) + rounding;
    while (!(error <= truncationError)) {
      horizon++;
      double cells = DirichletLattice.cells(n, horizon);
      if (!(cells <= DirichletIndex.MAX_CELLS) || !(rounding < truncationError)) {
        throw new IllegalArgumentException(
            "truncationError of "
                + n
                + " categories at discount "
                + discount
                + " must be at least "
                + error
                + ": "
                + truncationError);
      }
      error = bound(span, variance, counts, discount, horizon) + rounding;
    }
    return new DirichletRetirement(discount, least, span, mean, horizon, error, lattice);
  }

  private static double bound(
      double span, double variance, double counts, double discount, int horizon) {
    double deviation = Math.sqrt(variance / (counts + horizon + 1));
    return span * StrictMath.pow(discount, horizon) / (1 - discount) * 0.5 * deviation;
  }

  /** The truncated arm's index in units of the span: Dinkelbach's steps until they vanish. */
  private double index() {
    double charge = mean;
    while (discount > 0 && span > 0) {
      lattice.sweep(charge, horizon, DirichletLattice.End.MEAN);
      double step = lattice.rootValue() / lattice.rootTime();
      charge += step;
      if (Math.abs(step) <= lattice.rounding(charge, 1 / (1 - discount))) {
        break;
      }
    }
    return charge;
  }

  /** Pulls after which the evaluated arm pays its mean forever. */
  public int horizon() {
    return horizon;
  }

  @Override
  public double lastBreakpoint() {
    return lastBreakpoint;
  }

  @Override
  public double truncationError() {
    return error;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException when {@code retirement} is not finite
   */
  @Override
  public void evaluate(double retirement, double[] result) {
    if (!Double.isFinite(retirement)) {
      throw new IllegalArgumentException("retirement must be finite: " + retirement);
    }
    if (retirement >= lastBreakpoint) {
      result[0] = retirement;
      result[1] = 1;
      return;
    }
    double charge = span == 0 ? -1 : ((1 - discount) * retirement - low) / span;
    if (charge <= 0 || discount == 0) {
      // No reward is below the least value: for no more than it forever nobody retires.
      result[0] = (low + span * mean) / (1 - discount);
      result[1] = 0;
      return;
    }
    lattice.sweep(charge, horizon, DirichletLattice.End.MEAN);
    double c = lattice.rootValue();
    boolean pull = c > 0;
    result[0] = pull ? Math.fma(span, c, retirement) : retirement;
    result[1] = pull ? Math.clamp(1 - (1 - discount) * lattice.rootTime(), 0.0, 1.0) : 1;
  }
}
