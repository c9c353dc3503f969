package bellwether.mechanisms.contract;

import bellwether.mechanisms.virtual.PrivateType;
import bellwether.mechanisms.virtual.TypeCurve;
import bellwether.mechanisms.virtual.TypeCurves;
import bellwether.mechanisms.virtual.TypeInterval;
import bellwether.mechanisms.virtual.Valuation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The profit-maximizing menu for one buyer, who may buy a unit at t = 1, 2, ... that costs c to
 * make: pairs (p, M(p)) of a constant price and an upfront payment (Kakade, Lobel and Nazerzadeh
 * 2013, section 5.1).
 *
 * <p>The value of a unit is v_t = A(s0) B_t or A(s0) + B_t. The type s0 pays
 *
 * <ul>
 *   <li>p(s0) = c / alpha(s0) with alpha = 1 - h A' / A if values are multiplicative (and chooses
 *       no contract if alpha or A is not above 0), c + h(s0) A'(s0) if they are additive, whenever
 *       it buys, that is if v_t &gt;= p;
 *   <li>M = S(p(s0); s0) - U(s0) at the beginning, where S(p; x) = E sum d^t (v_t - p)+ and U(s0) =
 *       integral of A'(z) slope(z) dz up to s0, slope(z) = E sum d^t B_t 1{v_t &gt;= p(z)}, or E
 *       sum d^t 1{v_t &gt;= p(z)}.
 * </ul>
 *
 * <p>Buyers then choose so by themselves if prices fall in the type, which {@link
 * bellwether.mechanisms.virtual.Regularity#monotoneWeights} is about. Where they do not, this class
 * gives what the formulas give; {@link #priceRises}, {@link #exclusionGaps} and {@link MenuAudit}
 * tell.
 */
public final class ContractMenu {
  /** Two prices of one type are this close. */
  private static final double SAME = 1e-9;

  private final PrivateType type;
  private final Occupation occupation;
  private final Purchases purchases;
  private final TypeCurve virtualType;

  /** What prices are made of: alpha, or the rent h A'; null where A is above 0 nowhere. */
  private final @Nullable TypeCurve priceCurve;

  private final Envelope envelope;

  private ContractMenu(PrivateType type, Occupation occupation, Purchases purchases) {
    this.type = type;
    this.occupation = occupation;
    this.purchases = purchases;
    virtualType = TypeCurves.virtualType(type);
    double top = Math.min(type.distribution().high(), Double.MAX_VALUE);
    priceCurve =
        type.valuation() == Valuation.ADDITIVE
            ? TypeCurves.rent(type)
            : type.function().value(top) > 0 ? TypeCurves.weight(type) : null;
    envelope =
        occupation instanceof FiniteOccupation finite
            ? StepEnvelope.of(type, virtualType, purchases, finite)
            : new IntegralEnvelope(type, virtualType, purchases);
  }

  /**
   * The menu.
   *
   * @param type law of s0, A, how it enters values
   * @param signal the process of B
   * @param discount in [0, 1), or 1 with a horizon
   * @param horizon periods 1..horizon, or 0 for no end
   * @param cost of a unit, at least 0
   * @throws IllegalArgumentException when an argument is not so, or when values are multiplicative
   *     and both A and B may be below 0: such values fall in the type
   */
  public static ContractMenu of(
      PrivateType type, Signal signal, double discount, long horizon, double cost) {
    if (!(cost >= 0 && cost < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("cost must be finite and at least 0: " + cost);
    }
    Occupation occupation = signal.occupation(discount, horizon);
    boolean multiplicative = type.valuation() == Valuation.MULTIPLICATIVE;
    double low = type.function().value(type.distribution().low());
    if (multiplicative && low < 0 && occupation.low() < 0) {
      throw new IllegalArgumentException(
          "multiplicative values need A or the signal to be at least 0: A begins at "
              + low
              + ", the signal at "
              + occupation.low());
    }
    return new ContractMenu(
        type, occupation, new Purchases(occupation, type.valuation(), cost + 0.0));
  }

  private boolean multiplicative() {
    return type.valuation() == Valuation.MULTIPLICATIVE;
  }

  private void check(double s0) {
    if (!type.supports(s0)) {
      throw new IllegalArgumentException(
          "type must be in the support, "
              + type.distribution().low()
              + " to "
              + type.distribution().high()
              + ": "
              + s0);
    }
  }

  /** Whether a type ever buys. */
  public boolean participates(double s0) {
    check(s0);
    return purchases.some(type.virtualType(s0));
  }

  /** The price of a type's contract; infinity where it has none. */
  public double price(double s0) {
    check(s0);
    if (!multiplicative()) {
      return purchases.cost() + type.rent(s0);
    }
    double alpha = type.weight(s0).alpha();
    return type.virtualType(s0) > 0 && alpha > 0
        ? purchases.cost() / alpha
        : Double.POSITIVE_INFINITY;
  }

  /** S(p; x), what a type expects of the right to buy at {@code price} &gt;= 0. */
  public double surplus(double price, double s0) {
    double a = type.function().value(s0);
    if (price == Double.POSITIVE_INFINITY) {
      return 0;
    }
    if (!multiplicative()) {
      return occupation.excess(price - a);
    }
    return a > 0 ? a * occupation.excess(price / a) : 0;
  }

  /**
   * What a type chooses.
   *
   * @throws IllegalArgumentException when it is not in the support
   */
  public Contract contract(double s0) {
    boolean participates = participates(s0);
    double alpha = type.weight(s0).alpha();
    if (!participates) {
      return new Contract(s0, false, alpha, Double.NaN, Double.NaN, 0, 0);
    }
    double utility = envelope.utility(s0);
    double price = price(s0);
    return new Contract(
        s0,
        true,
        alpha,
        price,
        surplus(price, s0) - utility,
        utility,
        purchases.count(type.virtualType(s0)));
  }

  /**
   * The contract that has a price: c / alpha, or c + h A', is solved for the type.
   *
   * @param price at least 0
   */
  public PricedContract contractAtPrice(double price) {
    List<TypeInterval> types = typesOfPrice(price);
    if (types.isEmpty()) {
      return new PricedContract(price, Double.NaN, Double.NaN, 0, false);
    }
    TypeInterval lowest = types.getFirst();
    Contract contract = contract(lowest.from());
    boolean flat = types.stream().anyMatch(i -> i.to() > i.from());
    return new PricedContract(price, lowest.from(), contract.upfront(), types.size(), flat);
  }

  private List<TypeInterval> typesOfPrice(double price) {
    double cost = purchases.cost();
    if (multiplicative() && cost == 0) {
      // One price for all.
      double least = threshold();
      return price == 0 && Double.isFinite(least)
          ? List.of(new TypeInterval(least, type.distribution().high()))
          : List.of();
    }
    TypeCurve curve = priceCurve;
    if (curve == null || (multiplicative() && !(price > 0))) {
      return List.of();
    }
    double level = multiplicative() ? cost / price : price - cost;
    List<TypeInterval> found = new ArrayList<>();
    for (TypeInterval interval : curve.atLeast(level)) {
      for (TypeInterval flat : curve.where(0)) {
        if (interval.contains(flat.from()) && interval.contains(flat.to())) {
          candidate(found, flat, curve, level);
        }
      }
      candidate(found, new TypeInterval(interval.from(), interval.from()), curve, level);
      candidate(found, new TypeInterval(interval.to(), interval.to()), curve, level);
    }
    found.sort(Comparator.comparingDouble(TypeInterval::from));
    return found;
  }

  /** Adds a type whose price it is, unless it is there. */
  private void candidate(
      List<TypeInterval> found, TypeInterval interval, TypeCurve curve, double level) {
    double s0 = interval.from();
    if (Double.isInfinite(s0) || !participates(s0)) {
      return;
    }
    double value = curve.value(s0);
    if (Math.abs(value - level) <= SAME * (Math.abs(value) + Math.abs(level))
        && found.stream().noneMatch(other -> other.contains(s0))) {
      found.add(interval);
    }
  }

  /** The lowest type that ever buys: -infinity if there is no lowest, NaN if none buys. */
  public double threshold() {
    double least = purchases.leastBuyer();
    if (Double.isNaN(least)) {
      return Double.NaN;
    }
    if (least == Double.NEGATIVE_INFINITY) {
      return type.distribution().low();
    }
    return virtualType.lowestAtLeast(least);
  }

  /** The intervals of types that ever buy. */
  public List<TypeInterval> buyers() {
    double least = purchases.leastBuyer();
    if (Double.isNaN(least)) {
      return List.of();
    }
    return least == Double.NEGATIVE_INFINITY
        ? List.of(new TypeInterval(type.distribution().low(), type.distribution().high()))
        : virtualType.atLeast(least);
  }

  /** The intervals of types without a contract above types that have one. */
  public List<TypeInterval> exclusionGaps() {
    List<TypeInterval> buyers = buyers();
    List<TypeInterval> gaps = new ArrayList<>();
    for (int i = 0; i < buyers.size(); i++) {
      double to = i + 1 < buyers.size() ? buyers.get(i + 1).from() : type.distribution().high();
      if (buyers.get(i).to() < to) {
        gaps.add(new TypeInterval(buyers.get(i).to(), to));
      }
    }
    return List.copyOf(gaps);
  }

  /**
   * Where prices rise in the type among types that buy: they would choose lower types' contracts.
   */
  public List<TypeInterval> priceRises() {
    if (multiplicative() && purchases.cost() == 0) {
      return List.of();
    }
    List<TypeInterval> buyers = buyers();
    if (buyers.isEmpty() || priceCurve == null) {
      return List.of();
    }
    List<TypeInterval> rises = priceCurve.where(multiplicative() ? -1 : 1);
    List<TypeInterval> both = new ArrayList<>();
    for (TypeInterval rise : rises) {
      for (TypeInterval some : buyers) {
        double from = Math.max(rise.from(), some.from());
        double to = Math.min(rise.to(), some.to());
        if (from < to) {
          both.add(new TypeInterval(from, to));
        }
      }
    }
    return List.copyOf(both);
  }

  /** The expected virtual surplus, which is the expected profit. */
  public double expectedProfit() {
    return envelope.profit();
  }

  /** How far the profit may be off, but for rounding; 0 where there are closed forms. */
  public double profitError() {
    return envelope.profitError();
  }

  /** How far a type's utility and upfront payment may be off, but for rounding. */
  public double utilityError(double s0) {
    check(s0);
    return envelope.utilityError(s0);
  }

  /** How they are computed. */
  public String method() {
    return envelope.method();
  }

  /** The discounted number of periods, sum_{t=1}^{T} d^t. */
  public double periods() {
    return occupation.mass();
  }
}
