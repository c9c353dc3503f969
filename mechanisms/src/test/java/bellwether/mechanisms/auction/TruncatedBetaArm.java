package bellwether.mechanisms.auction;

import bellwether.core.bandit.RetirementCurve;

/**
 * A Beta-Bernoulli arm that learns from its next {@code horizon} pulls only and then pays the
 * posterior mean for ever: as a curve by backward recursion, and as a finite Markov arm.
 */
final class TruncatedBetaArm implements RetirementCurve {
  private final double alpha;
  private final double beta;
  private final int horizon;
  private final double discount;
  private final double last;
  int evaluations;

  TruncatedBetaArm(double alpha, double beta, int horizon, double discount) {
    this.alpha = alpha;
    this.beta = beta;
    this.horizon = horizon;
    this.discount = discount;
    double low = 0;
    double high = 1 / (1 - discount);
    for (int k = 0; k < 100; k++) {
      double middle = low + (high - low) / 2;
      double[] phi = new double[2];
      backward(middle, phi);
      if (phi[0] > middle) {
        low = middle;
      } else {
        high = middle;
      }
    }
    this.last = high;
  }

  /** The same arm with its (horizon + 1)(horizon + 2) / 2 states, the present one the first. */
  MarkovArmSteps markov() {
    int n = (horizon + 1) * (horizon + 2) / 2;
    double[] rewards = new double[n];
    double[] transition = new double[n * n];
    for (int t = 0; t <= horizon; t++) {
      for (int wins = 0; wins <= t; wins++) {
        int s = t * (t + 1) / 2 + wins;
        double mean = (alpha + wins) / (alpha + beta + t);
        rewards[s] = mean;
        if (t == horizon) {
          transition[s * n + s] = 1;
        } else {
          transition[s * n + s + t + 2] = mean;
          transition[s * n + s + t + 1] = 1 - mean;
        }
      }
    }
    return new MarkovArmSteps(rewards, transition, discount);
  }

  @Override
  public double lastBreakpoint() {
    return last;
  }

  @Override
  public double truncationError() {
    return 0;
  }

  @Override
  public void evaluate(double retirement, double[] result) {
    evaluations++;
    backward(retirement, result);
  }

  private void backward(double m, double[] result) {
    double[] phi = new double[horizon + 1];
    double[] slope = new double[horizon + 1];
    for (int t = horizon; t >= 0; t--) {
      for (int wins = 0; wins <= t; wins++) {
        double mean = (alpha + wins) / (alpha + beta + t);
        double go =
            t == horizon
                ? mean / (1 - discount)
                : mean + discount * (mean * phi[wins + 1] + (1 - mean) * phi[wins]);
        double time =
            t == horizon ? 0 : discount * (mean * slope[wins + 1] + (1 - mean) * slope[wins]);
        phi[wins] = Math.max(go, m);
        slope[wins] = go > m ? time : 1;
      }
    }
    result[0] = phi[0];
    result[1] = slope[0];
  }
}
