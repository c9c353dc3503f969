package bellwether.mechanisms.auction;

import bellwether.core.bandit.RetirementCurve;
import bellwether.core.bandit.RetirementSteps;
import bellwether.core.parallel.Workers;

/**
 * Steps in place of a curve: a table of phi' that is made once and then only scaled and shifted.
 *
 * @param steps of the table, between the curve's chords and its tangents
 * @param most of its chords, with which no welfare is less
 * @param least of its tangents, with which no welfare is more
 * @param error the largest difference in phi, the curve's truncation included; replacing the arm
 *     moves no joint value by more
 * @param truncationError of the curve, which {@code most} and {@code least} do not cover
 */
public record CurveSteps(
    RetirementSteps steps,
    RetirementSteps most,
    RetirementSteps least,
    double error,
    double truncationError) {
  /** With this blend of chords and tangents the error of smooth curves cancels to leading order. */
  private static final double BLEND = 2.0 / 3;

  /**
   * Tabulates a curve.
   *
   * @param floor a retirement reward at and below which the arm never retires
   * @param tolerance of phi, positive; the number of evaluations grows with its inverse root
   * @param limit of evaluations
   * @throws ToleranceNotReachedException when more evaluations are needed
   */
  public static CurveSteps of(RetirementCurve curve, double floor, double tolerance, int limit) {
    CurveGrid grid = new CurveGrid(curve);
    grid.lowerFloor(floor);
    while (true) {
      Workers.checkInterrupted();
      double[] gaps = new double[grid.cells()];
      double largest = 0;
      for (int c = 0; c < gaps.length; c++) {
        gaps[c] = grid.height(c);
        largest = Math.max(largest, gaps[c]);
      }
      if (largest <= tolerance || grid.want(gaps, tolerance) == 0) {
        return new CurveSteps(
            grid.steps(BLEND),
            grid.steps(0),
            grid.steps(1),
            largest + curve.truncationError(),
            curve.truncationError());
      }
      if (grid.evaluations() > limit) {
        throw new ToleranceNotReachedException(
            "a table of phi within "
                + tolerance
                + " takes more than "
                + limit
                + " evaluations, its error is "
                + largest);
      }
      grid.evaluate();
    }
  }
}
