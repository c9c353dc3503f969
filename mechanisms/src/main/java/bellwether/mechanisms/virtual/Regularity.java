package bellwether.mechanisms.virtual;

import java.util.List;

/**
 * What an optimal mechanism for a private type rests on, and where it fails.
 *
 * <ul>
 *   <li>Regularity: the virtual type y = A - h A' does not fall, so that nobody loses allocations
 *       by a higher type.
 *   <li>Monotone hazard rate (Kakade, Lobel and Nazerzadeh 2013, Assumption 4.1): f / (1 - F)
 *       rises.
 *   <li>A rises and is concave (Assumption 4.2). With the monotone hazard rate this implies:
 *   <li>The weights rise: alpha = 1 - h A' / A of multiplicative values, beta = -h A' of additive
 *       ones. This by itself is what the incentives in period 0 need: where the weights fall,
 *       higher types would choose the contracts of lower ones.
 * </ul>
 *
 * <p>Ends of intervals are found to the last bits from the signs of analytic slopes; "constant"
 * means to rounding.
 *
 * @param hazardFalls where the hazard rate falls, that is h rises
 * @param hazardConstant where it is constant
 * @param virtualTypeFalls where y falls
 * @param weightFalls where alpha or beta falls
 * @param weightConstant where it is constant
 * @param convex where A'' is above 0: everywhere or nowhere
 * @param notPositive where A is below 0, for multiplicative values: alpha is no weight there
 */
public record Regularity(
    List<TypeInterval> hazardFalls,
    List<TypeInterval> hazardConstant,
    List<TypeInterval> virtualTypeFalls,
    List<TypeInterval> weightFalls,
    List<TypeInterval> weightConstant,
    List<TypeInterval> convex,
    List<TypeInterval> notPositive) {

  /** Keeps the lists from being changed. */
  public Regularity {
    hazardFalls = List.copyOf(hazardFalls);
    hazardConstant = List.copyOf(hazardConstant);
    virtualTypeFalls = List.copyOf(virtualTypeFalls);
    weightFalls = List.copyOf(weightFalls);
    weightConstant = List.copyOf(weightConstant);
    convex = List.copyOf(convex);
    notPositive = List.copyOf(notPositive);
  }

  /** Looks at a private type. */
  public static Regularity of(PrivateType type) {
    TypeCurve hazard = TypeCurves.inverseHazard(type.distribution());
    double low = type.distribution().low();
    double high = type.distribution().high();
    boolean additive = type.valuation() == Valuation.ADDITIVE;
    double positive = additive ? low : TypeCurves.firstPositive(type);
    boolean somePositive = additive || positive < high;
    List<TypeInterval> falls = List.of();
    List<TypeInterval> constant = List.of();
    if (additive) {
      TypeCurve rent = TypeCurves.rent(type);
      falls = rent.where(1);
      constant = rent.where(0);
    } else if (somePositive) {
      TypeCurve weight = TypeCurves.weight(type);
      falls = weight.where(-1);
      constant = weight.where(0);
    }
    return new Regularity(
        hazard.where(1),
        hazard.where(0),
        TypeCurves.virtualType(type).where(-1),
        falls,
        constant,
        isConvex(type.function()) ? List.of(new TypeInterval(low, high)) : List.of(),
        positive > low ? List.of(new TypeInterval(low, Math.min(positive, high))) : List.of());
  }

  private static boolean isConvex(TypeFunction function) {
    return switch (function) {
      case TypeFunction.Power power -> power.exponent() > 1;
      case TypeFunction.Identity _, TypeFunction.Affine _, TypeFunction.Log1p _ -> false;
    };
  }

  /** Whether y falls nowhere. */
  public boolean regular() {
    return virtualTypeFalls.isEmpty();
  }

  /** Whether the hazard rate falls nowhere. */
  public boolean monotoneHazard() {
    return hazardFalls.isEmpty();
  }

  /** Whether the weights fall nowhere. */
  public boolean monotoneWeights() {
    return weightFalls.isEmpty();
  }

  /** Assumption 4.1: the hazard rate rises everywhere. */
  public boolean strictlyMonotoneHazard() {
    return hazardFalls.isEmpty() && hazardConstant.isEmpty();
  }

  /** Assumption 4.2, for A; that C is above 0 is for the environment to see to. */
  public boolean concave() {
    return convex.isEmpty();
  }

  /** Assumptions 4.1 and 4.2, and for multiplicative values that A is not below 0. */
  public boolean assumptionsHold() {
    return strictlyMonotoneHazard() && concave() && notPositive.isEmpty();
  }
}
