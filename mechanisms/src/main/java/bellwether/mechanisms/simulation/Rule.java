package bellwether.mechanisms.simulation;

import bellwether.mechanisms.environment.Environment;
import org.jspecify.annotations.Nullable;

/** A mechanism as it is played: reports in, action and payments out. Safe for many threads. */
public interface Rule {
  /** Who plays. */
  Environment environment();

  /** The action. */
  int action(int period, int physical, int[] reports);

  /**
   * What agents pay.
   *
   * @param action of these reports
   * @param before the period before, null in the first; not to be kept
   * @param payments by agent, to be filled
   */
  void pay(
      int period,
      int physical,
      int[] reports,
      int action,
      @Nullable Before before,
      double[] payments);

  /**
   * The public part of the period before.
   *
   * @param physical its physical state
   * @param reports its reports
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Before(int physical, int[] reports) {}
}
