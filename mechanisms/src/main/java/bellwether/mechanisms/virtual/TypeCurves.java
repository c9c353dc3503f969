package bellwether.mechanisms.virtual;

import bellwether.core.distribution.Distribution;
import java.util.Arrays;

/** The curves of a private type: inverse hazard rate, virtual type, rent, weight. */
public final class TypeCurves {
  private TypeCurves() {}

  /**
   * The inverse hazard rate h.
   *
   * @throws IllegalArgumentException when the distribution has no density
   */
  public static TypeCurve inverseHazard(Distribution distribution) {
    if (!distribution.continuous()) {
      throw new IllegalArgumentException(
          "distribution must have a density: " + distribution + " has atoms");
    }
    return TypeCurve.of(
        SupportGrid.of(distribution),
        distribution.low(),
        distribution.high(),
        distribution::inverseHazard,
        s -> new Slope.Sum(distribution.inverseHazardSlope(s), 0, 0));
  }

  /** The virtual type y = A - h A', with slope A' - h' A' - h A''. */
  public static TypeCurve virtualType(PrivateType type) {
    Distribution distribution = type.distribution();
    TypeFunction a = type.function();
    return TypeCurve.of(
        SupportGrid.of(distribution),
        distribution.low(),
        distribution.high(),
        type::virtualType,
        s ->
            new Slope.Sum(
                a.derivative(s),
                -(distribution.inverseHazardSlope(s) * a.derivative(s)),
                -product(distribution.inverseHazard(s), a.secondDerivative(s))));
  }

  /** The information rent of a unit, h A', with slope h' A' + h A''. */
  public static TypeCurve rent(PrivateType type) {
    Distribution distribution = type.distribution();
    TypeFunction a = type.function();
    return TypeCurve.of(
        SupportGrid.of(distribution),
        distribution.low(),
        distribution.high(),
        type::rent,
        s ->
            new Slope.Sum(
                distribution.inverseHazardSlope(s) * a.derivative(s),
                product(distribution.inverseHazard(s), a.secondDerivative(s)),
                0));
  }

  /**
   * The weight alpha = 1 - h A' / A of multiplicative values, for types above the zero of A; with l
   * = A' / A its slope is -(h' l + h l').
   *
   * @throws IllegalArgumentException when A is above 0 at no type
   */
  public static TypeCurve weight(PrivateType type) {
    Distribution distribution = type.distribution();
    TypeFunction a = type.function();
    double low = firstPositive(type);
    double[] points = Arrays.stream(SupportGrid.of(distribution)).filter(x -> x > low).toArray();
    if (points.length == 0) {
      throw new IllegalArgumentException("A must be above 0 at some types: " + type);
    }
    double[] all = new double[points.length + 1];
    all[0] = Math.max(low, -Double.MAX_VALUE);
    System.arraycopy(points, 0, all, 1, points.length);
    return TypeCurve.of(
        all,
        low,
        distribution.high(),
        s -> type.weight(s).alpha(),
        s -> {
          double value = a.value(s);
          double slope = a.derivative(s) / value;
          double h = distribution.inverseHazard(s);
          return new Slope.Sum(
              -(distribution.inverseHazardSlope(s) * slope),
              -product(h, a.secondDerivative(s) / value),
              product(h, slope * slope));
        });
  }

  /** The lower end of the support or, if A is below 0 there, where it is 0. */
  static double firstPositive(PrivateType type) {
    double low = type.distribution().low();
    return type.function().value(low) >= 0 ? low : Math.max(low, type.function().inverse(0));
  }

  /** An infinite h of a function without curvature counts nothing. */
  private static double product(double h, double curvature) {
    return curvature == 0 ? 0 : h * curvature;
  }
}
