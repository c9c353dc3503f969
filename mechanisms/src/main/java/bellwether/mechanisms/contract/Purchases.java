package bellwether.mechanisms.contract;

import bellwether.mechanisms.virtual.Valuation;

/**
 * What is bought by a buyer who counts for y: whenever y B &gt;= c, or y + B &gt;= c.
 *
 * @param occupation of B
 * @param valuation multiplicative or additive
 * @param cost c, at least 0
 */
record Purchases(Occupation occupation, Valuation valuation, double cost) {

  /** The least B at which a buyer of virtual type {@code y} buys; infinity if there is none. */
  double level(double y) {
    return switch (valuation) {
      case MULTIPLICATIVE -> y > 0 ? cost / y : Double.POSITIVE_INFINITY;
      case ADDITIVE -> cost - y;
    };
  }

  /** The virtual type of a buyer who just buys at {@code b}; NaN if nobody does. */
  double virtualType(double b) {
    return switch (valuation) {
      case MULTIPLICATIVE -> b > 0 ? Math.max(cost / b, Double.MIN_VALUE) : Double.NaN;
      case ADDITIVE -> cost - b;
    };
  }

  /** Whether such a buyer ever buys. */
  boolean some(double y) {
    return occupation.reaches(level(y));
  }

  /** The discounted number of purchases. */
  double count(double y) {
    return occupation.count(level(y));
  }

  /** How fast the buyer's value rises in A: E sum d^t B 1{buys}, or the number of purchases. */
  double slope(double y) {
    return switch (valuation) {
      case MULTIPLICATIVE -> occupation.sum(level(y));
      case ADDITIVE -> count(y);
    };
  }

  /** The virtual surplus E sum d^t (y B - c)+, or E sum d^t (y + B - c)+. */
  double surplus(double y) {
    double level = level(y);
    return level == Double.POSITIVE_INFINITY
        ? 0
        : switch (valuation) {
          case MULTIPLICATIVE -> y * occupation.excess(level);
          case ADDITIVE -> occupation.excess(level);
        };
  }

  /** The least virtual type that ever buys; NaN if none does. */
  double leastBuyer() {
    double most = occupation.high();
    return switch (valuation) {
      case MULTIPLICATIVE ->
          !occupation.reaches(cost > 0 ? Double.MIN_VALUE : 0)
              ? Double.NaN
              // Who counts for 0 buys nothing.
              : cost == 0 ? Double.MIN_VALUE : Math.max(cost / most, Double.MIN_VALUE);
      case ADDITIVE -> cost - most;
    };
  }
}
