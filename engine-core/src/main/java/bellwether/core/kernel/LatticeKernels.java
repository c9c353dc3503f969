package bellwether.core.kernel;

/** Kernels over one layer of a posterior lattice. */
public interface LatticeKernels {

  /**
   * One backward step of the retirement problem of a Beta-Bernoulli arm, in place. Cell i is the
   * state with i more successes; its mean is {@code m = fma(i, slope, origin)}. With h = {@code
   * value} and D = {@code time} of the layer after, for i = from..to-1:
   *
   * <pre>
   * c = (m - charge) + discount * (m h[i+1] + (1 - m) h[i])
   * e =      1       + discount * (m D[i+1] + (1 - m) D[i])
   * (h[i], D[i]) = (c, e) if c &gt; 0, else (0, 0)
   * </pre>
   *
   * <p>where {@code m x + (1 - m) y} is {@code fma(m, x - y, y)} and the discounting one more fma.
   *
   * @param discount one period's discount factor
   * @param charge what each pull costs
   * @param slope 1 / (number of counts in this layer)
   * @param origin mean of cell 0
   * @param value h, read at from..to, written at from..to-1
   * @param time D, likewise; another array than {@code value}
   * @param from first cell, at least 0
   * @param to one past the last cell, less than the length of both arrays
   */
  void bernoulliLayer(
      double discount,
      double charge,
      double slope,
      double origin,
      double[] value,
      double[] time,
      int from,
      int to);

  /** Problems that {@link #bernoulliLanes} takes side by side. */
  int LANES = 8;

  /**
   * One backward step of eight retirement problems between bounds, in place. Cell i of problem l
   * stands at {@code 8 i + l}; its mean is {@code m = fma(i, slope, origin)}, with the charge, the
   * slope and the origin of the problem at {@code lanes[l]}, {@code lanes[8 + l]} and {@code
   * lanes[16 + l]}. {@code low} and {@code time} go the way of {@code value} and {@code time} in
   * {@link #bernoulliLayer}; {@code high} goes that of {@code low}, for itself.
   *
   * @param discount one period's discount factor
   * @param lanes 24 numbers
   * @param low h from below, read at cells from..to, written at from..to-1
   * @param time D of {@code low}, likewise
   * @param high h from above, likewise; three arrays
   * @param from first cell, at least 0
   * @param to one past the last cell; the arrays have 8 (to + 1) elements or more
   */
  void bernoulliLanes(
      double discount,
      double[] lanes,
      double[] low,
      double[] time,
      double[] high,
      int from,
      int to);
}
