package bellwether.mechanisms.contract;

import bellwether.core.distribution.Distribution;
import bellwether.core.parallel.Workers;
import bellwether.core.quadrature.AdaptiveIntegral;
import bellwether.mechanisms.virtual.PrivateType;
import bellwether.mechanisms.virtual.SupportGrid;
import bellwether.mechanisms.virtual.TypeCurve;
import bellwether.mechanisms.virtual.TypeFunction;
import bellwether.mechanisms.virtual.TypeInterval;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;

/**
 * A signal with a density: U by adaptive quadrature, and the profit by parts,
 *
 * <pre>E surplus(y) = surplus(y(z0)) P(s0 &gt; z0) + integral of P(s0 &gt; z) slope(y(z)) y'(z) dz,
 * </pre>
 *
 * which needs no density of the types, so that one that is infinite at an end costs nothing. Panels
 * end at quantiles of the types and where y comes to landmarks of the signal; above 0 and over long
 * ratios they are halved in the logarithm of the type.
 */
final class IntegralEnvelope implements Envelope {
  private static final double TOLERANCE = 1e-14;

  /** For utilities beyond the usual: in deep tails a function is not known better. */
  private static final double RELATIVE = 1e-12;

  private static final double RATIO = 2;

  /** Types above which few lie need not be as accurate as the others. */
  private static final double RARE = 0.01;

  /** Above a support's end at 0: here, powers of the type do not overflow. */
  private static final double LEAST = 1e-120;

  private final PrivateType type;
  private final TypeCurve virtualType;
  private final Purchases purchases;
  private final double[] points;

  /** U at the points. */
  private final double[] utility;

  private final double[] utilityError;

  private final double tolerance;
  private final double profit;
  private final double error;

  IntegralEnvelope(PrivateType type, TypeCurve virtualType, Purchases purchases) {
    this.type = type;
    this.virtualType = virtualType;
    this.purchases = purchases;
    points = points(type, virtualType, purchases);
    int n = points.length;
    double begin = points[0];
    double first = purchases.slope(type.virtualType(begin));
    double below = type.distribution().low();
    TypeFunction a = type.function();
    // What lies below the first point is there only if the support begins at 0.
    double start =
        below < begin && below > Double.NEGATIVE_INFINITY
            ? first * (a.value(begin) - a.value(below))
            : 0;
    DoubleUnaryOperator rise = this::rise;
    DoubleUnaryOperator gain = this::gain;
    double boundary =
        purchases.surplus(type.virtualType(begin)) * type.distribution().survival(begin);
    double usual = start;
    double roughGain = Math.abs(boundary);
    double upper = type.distribution().upperQuantile(RARE);
    double[] rough = new double[n - 1];
    for (int i = 0; i < n - 1; i++) {
      // A tolerance that any integral meets: one halving.
      rough[i] = integral(rise, points[i], points[i + 1], Double.MAX_VALUE).value();
      usual += points[i + 1] <= upper ? rough[i] : 0;
      roughGain += Math.abs(integral(gain, points[i], points[i + 1], Double.MAX_VALUE).value());
    }
    tolerance = Math.max(TOLERANCE * Math.max(usual, roughGain), Double.MIN_NORMAL);
    double tolerated = Math.max(TOLERANCE * roughGain, Double.MIN_NORMAL);
    utility = new double[n];
    utilityError = new double[n];
    utility[0] = start;
    double sum = boundary;
    double off = 0;
    for (int i = 0; i < n - 1; i++) {
      Workers.checkInterrupted();
      double allowed = Math.max(tolerance, RELATIVE * (utility[i] + rough[i]));
      AdaptiveIntegral.Estimate up = integral(rise, points[i], points[i + 1], allowed);
      AdaptiveIntegral.Estimate more = integral(gain, points[i], points[i + 1], tolerated);
      utility[i + 1] = utility[i] + up.value();
      utilityError[i + 1] = utilityError[i] + up.error();
      sum += more.value();
      off += more.error();
    }
    profit = sum;
    error = off;
  }

  private static double[] points(PrivateType type, TypeCurve virtualType, Purchases purchases) {
    double[] grid = SupportGrid.of(type.distribution());
    double first =
        type.distribution().low() == 0
            ? Arrays.stream(grid).filter(z -> z >= LEAST).findFirst().orElseThrow()
            : grid[0];
    double last = grid[grid.length - 1];
    DoubleStream.Builder all = DoubleStream.builder();
    for (double landmark : purchases.occupation().landmarks()) {
      for (TypeInterval interval : virtualType.atLeast(purchases.virtualType(landmark))) {
        all.add(interval.from()).add(interval.to());
      }
    }
    for (TypeCurve.Piece piece : virtualType.pieces()) {
      all.add(piece.from());
    }
    double least = purchases.leastBuyer();
    for (TypeInterval interval : virtualType.atLeast(least)) {
      all.add(interval.from()).add(interval.to());
    }
    return DoubleStream.concat(Arrays.stream(grid), all.build())
        .filter(z -> z >= first && z <= last)
        .sorted()
        .distinct()
        .toArray();
  }

  private double rise(double z) {
    double slope = purchases.slope(virtualType.value(z));
    return slope == 0 ? 0 : type.function().derivative(z) * slope;
  }

  private double gain(double z) {
    Distribution distribution = type.distribution();
    double slope = purchases.slope(virtualType.value(z));
    double above = distribution.survival(z);
    if (slope == 0 || above == 0) {
      return 0;
    }
    TypeFunction a = type.function();
    double curvature = a.secondDerivative(z);
    double y =
        a.derivative(z) * (1 - distribution.inverseHazardSlope(z))
            - (curvature == 0 ? 0 : distribution.inverseHazard(z) * curvature);
    return above * slope * y;
  }

  private static AdaptiveIntegral.Estimate integral(
      DoubleUnaryOperator function, double from, double to, double tolerance) {
    if (from > 0 && to > RATIO * from) {
      DoubleUnaryOperator scaled =
          w -> {
            double z = StrictMath.exp(w);
            return z * function.applyAsDouble(z);
          };
      return AdaptiveIntegral.estimate(scaled, StrictMath.log(from), StrictMath.log(to), tolerance);
    }
    return AdaptiveIntegral.estimate(function, from, to, tolerance);
  }

  @Override
  public double utility(double s0) {
    if (s0 < points[0]) {
      double below = type.distribution().low();
      // At or next to the lower end: the slope is what it is at the first point.
      return Double.isInfinite(below) || points[0] == below
          ? 0
          : purchases.slope(type.virtualType(points[0]))
              * (type.function().value(s0) - type.function().value(below));
    }
    int at = Arrays.binarySearch(points, s0);
    if (at >= 0) {
      return utility[at];
    }
    int i = -at - 2;
    double sum = utility[i];
    double from = points[i];
    // Beyond the last point lie types of less than 1e-300 of the mass.
    while (from < s0) {
      double to = i == points.length - 1 && from > 0 ? Math.min(s0, 2 * from) : s0;
      sum += integral(this::rise, from, to, tolerance).value();
      from = to;
    }
    return sum;
  }

  @Override
  public double profit() {
    return profit;
  }

  @Override
  public double profitError() {
    return error;
  }

  @Override
  public double utilityError(double s0) {
    int at = Arrays.binarySearch(points, s0);
    return utilityError[Math.clamp(at >= 0 ? at : -at - 1, 0, points.length - 1)];
  }

  @Override
  public String method() {
    return "adaptive quadrature over types, by parts";
  }
}
