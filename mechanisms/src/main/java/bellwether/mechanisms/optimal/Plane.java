package bellwether.mechanisms.optimal;

/**
 * What a rule is worth from time 0 on, as a function of the effective weights: value(y) = sum_i
 * (y_i slope_i + own_i) - cost, a plane. The weighted welfare is the highest of all rules' planes.
 *
 * @param slope by agent: E sum d^t B, or C where values are additive
 * @param own by agent: E sum d^t B where values are additive, else 0
 * @param cost E sum d^t c
 * @param gap no rule is worth more than this one by more than that, at the weights asked for
 */
@SuppressWarnings("ArrayRecordComponent")
record Plane(double[] slope, double[] own, double cost, double gap) {
  /** At some weights. */
  double value(double... y) {
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      sum += y[i] * slope[i] + own[i];
    }
    return sum - cost;
  }

  /** The value where weight i is 0 and all others are those given. */
  double without(int i, double... y) {
    return value(y) - y[i] * slope[i];
  }
}
