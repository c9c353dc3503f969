package bellwether.mechanisms.audit;

import bellwether.core.parallel.Workers;
import bellwether.core.random.RandomStreams;
import bellwether.mechanisms.efficient.Mechanism;
import bellwether.mechanisms.efficient.Outcome;
import bellwether.mechanisms.efficient.ProfileMechanism;
import bellwether.mechanisms.efficient.ProfileWelfare;
import bellwether.mechanisms.efficient.WelfareTables;
import bellwether.mechanisms.environment.Environment;
import java.util.function.Consumer;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * One lie, tried at random profiles of an environment of many agents. What follows the lie is exact
 * but for the utilities after it, which are the mechanism's own (W - W_-i for the pivot mechanism):
 * the expectation of W and W_-i after an action takes one sweep.
 */
public final class OneShotSample {
  private OneShotSample() {}

  /**
   * Tries lies.
   *
   * @param samples how many pairs of a profile and a lie, at least 1
   * @param seed of the profiles and lies
   * @throws IllegalArgumentException for the static control, whose utilities are not known here
   * @throws java.util.concurrent.CancellationException when the thread is interrupted
   */
  public static AuditReport of(
      ProfileMechanism mechanism, int samples, long seed, Consumer<String> progress) {
    if (mechanism.mechanism() instanceof Mechanism.Static) {
      throw new IllegalArgumentException(
          "the static control has no known utilities without tables: simulate it");
    }
    if (samples < 1) {
      throw new IllegalArgumentException("samples must be at least 1: " + samples);
    }
    ProfileWelfare welfare = mechanism.welfare();
    Environment environment = welfare.environment();
    int n = environment.size();
    double gain = 0;
    double least = Double.POSITIVE_INFINITY;
    double imbalance = 0;
    double deficit = 0;
    Place worst = Place.NOWHERE;
    Place poorest = Place.NOWHERE;
    for (int k = 0; k < samples; k++) {
      Workers.checkInterrupted();
      progress.accept("lie " + (k + 1) + " of " + samples);
      UniformRandomProvider random = RandomStreams.block(seed, k);
      int[] profile = new int[n];
      for (int i = 0; i < n; i++) {
        profile[i] = random.nextInt(environment.agent(i).types());
      }
      Outcome truth = mechanism.outcome(profile);
      double paid = 0;
      for (int i = 0; i < n; i++) {
        paid += truth.payment()[i];
        if (truth.utility()[i] < least) {
          least = truth.utility()[i];
          poorest = new Place(i, 0, 0, profile, -1);
        }
      }
      imbalance = Math.max(imbalance, Math.abs(paid));
      deficit = Math.max(deficit, -paid);
      // Lies of the agent that is served matter as much as those of all others together.
      int liar = random.nextBoolean() ? mover(environment, truth.action(), profile) : -1;
      int i = liar >= 0 ? liar : random.nextInt(n);
      int[] reports = profile.clone();
      reports[i] = random.nextInt(environment.agent(i).types());
      double worth = worth(mechanism, environment, i, profile, reports);
      if (worth - truth.utility()[i] > gain) {
        gain = worth - truth.utility()[i];
        worst = new Place(i, 0, 0, profile, reports[i]);
      }
    }
    return new AuditReport(
        gain,
        worst,
        gain * environment.annuity(),
        least,
        poorest,
        imbalance,
        deficit,
        4 * WelfareTables.defaultTolerance(environment),
        samples);
  }

  /** An agent to whom the action is worth something, or -1. */
  private static int mover(Environment environment, int action, int[] profile) {
    for (int i = 0; i < profile.length; i++) {
      if (environment.agent(i).value(action, profile[i]) != 0) {
        return i;
      }
    }
    return -1;
  }

  private static double worth(
      ProfileMechanism mechanism, Environment environment, int i, int[] profile, int[] reports) {
    ProfileWelfare welfare = mechanism.welfare();
    int action = welfare.action(reports);
    double now = environment.agent(i).value(action, profile[i]) - mechanism.payments(reports)[i];
    ProfileWelfare.Values after = welfare.after(action, profile);
    double later = mechanism.utility(i, after);
    double discount = environment.horizon() == 1 ? 0 : environment.discount();
    return now + discount * later;
  }
}
