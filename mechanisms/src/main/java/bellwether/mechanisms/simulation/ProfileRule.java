package bellwether.mechanisms.simulation;

import bellwether.mechanisms.efficient.ProfileMechanism;
import bellwether.mechanisms.environment.Environment;
import org.jspecify.annotations.Nullable;

/** A mechanism without tables over an infinite horizon: every payment is computed. */
public final class ProfileRule implements Rule {
  private final ProfileMechanism mechanism;

  /**
   * Plays a mechanism.
   *
   * @throws IllegalArgumentException when the horizon is finite: payments then depend on the period
   */
  public ProfileRule(ProfileMechanism mechanism) {
    this.mechanism = mechanism;
    if (!environment().isInfinite()) {
      throw new IllegalArgumentException(
          "horizon must be infinite where there are no tables: " + environment().horizon());
    }
  }

  @Override
  public Environment environment() {
    return mechanism.welfare().environment();
  }

  @Override
  public int action(int period, int physical, int[] reports) {
    return mechanism.welfare().action(reports);
  }

  @Override
  public void pay(
      int period,
      int physical,
      int[] reports,
      int action,
      @Nullable Before before,
      double[] payments) {
    System.arraycopy(mechanism.payments(reports), 0, payments, 0, payments.length);
  }
}
