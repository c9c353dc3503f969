package bellwether.mechanisms.contract;

import bellwether.mechanisms.virtual.PrivateType;
import bellwether.mechanisms.virtual.TypeCurve;
import bellwether.mechanisms.virtual.TypeInterval;
import bellwether.mechanisms.virtual.Valuation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A signal of finitely many values: each is bought by the types at which y reaches its level, a
 * union of intervals. Over them U is a sum of differences of A, and the integrals of f and y f that
 * make the profit are differences of P(s0 &gt; z) and A(z) P(s0 &gt; z): closed forms.
 */
final class StepEnvelope implements Envelope {
  private final PrivateType type;

  /** Where the slope changes; U there; the slope from there on. */
  private final double[] at;

  private final double[] utility;
  private final double[] slope;
  private final double profit;

  private record Step(double at, double change) {}

  private StepEnvelope(PrivateType type, List<Step> steps, double profit) {
    this.type = type;
    this.profit = profit;
    steps.sort(Comparator.comparingDouble(Step::at));
    int n = steps.size();
    at = new double[n];
    utility = new double[n];
    slope = new double[n];
    for (int i = 0; i < n; i++) {
      at[i] = steps.get(i).at();
      slope[i] = (i == 0 ? 0 : slope[i - 1]) + steps.get(i).change();
      utility[i] = i == 0 ? 0 : utility[i - 1] + slope[i - 1] * rise(at[i - 1], at[i]);
    }
  }

  static StepEnvelope of(
      PrivateType type, TypeCurve virtualType, Purchases purchases, FiniteOccupation occupation) {
    boolean multiplicative = type.valuation() == Valuation.MULTIPLICATIVE;
    double cost = purchases.cost();
    List<Step> steps = new ArrayList<>();
    double profit = 0;
    int n = occupation.size();
    for (int i = n - 1; i >= 0; i--) {
      double b = occupation.value(i);
      double weight = occupation.weight(i);
      if (multiplicative && !(b > 0)) {
        break;
      }
      double level = multiplicative ? Math.max(cost / b, Double.MIN_VALUE) : cost - b;
      // What a type adds per unit of y, and beside it.
      double perUnit = multiplicative ? weight * b : weight;
      double beside = multiplicative ? -weight * cost : weight * (b - cost);
      if (multiplicative && cost == 0) {
        // All values have one level.
        for (i--; i >= 0 && occupation.value(i) > 0; i--) {
          perUnit += occupation.weight(i) * occupation.value(i);
        }
      }
      for (TypeInterval buyers : virtualType.atLeast(level)) {
        double from = buyers.from();
        double to = buyers.to();
        steps.add(new Step(from, perUnit));
        if (to < type.distribution().high()) {
          steps.add(new Step(to, -perUnit));
        }
        double mass =
            type.distribution().survival(from)
                - (to < type.distribution().high() ? type.distribution().survival(to) : 0);
        profit += perUnit * type.virtualMass(from, to) + beside * mass;
      }
    }
    return new StepEnvelope(type, steps, profit);
  }

  private double rise(double from, double to) {
    return to > from ? type.function().value(to) - type.function().value(from) : 0;
  }

  @Override
  public double utility(double s0) {
    int below = 0;
    int above = at.length;
    while (below < above) {
      int middle = (below + above) >>> 1;
      if (at[middle] <= s0) {
        below = middle + 1;
      } else {
        above = middle;
      }
    }
    int i = below - 1;
    return i < 0 ? 0 : utility[i] + slope[i] * rise(at[i], s0);
  }

  @Override
  public double profit() {
    return profit;
  }

  @Override
  public double profitError() {
    return 0;
  }

  @Override
  public double utilityError(double s0) {
    return 0;
  }

  @Override
  public String method() {
    return "levels of the signal's values, closed forms";
  }
}
