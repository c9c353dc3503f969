package bellwether.core.path;

import java.util.Arrays;

/**
 * The posterior mean of a success probability with a Beta(alpha, beta) prior, one trial a period: a
 * success, of probability a / (a + b), moves (a, b) to (a + 1, b), a failure to (a, b + 1).
 */
public final class BetaBernoulliLearning implements PathProcess {
  private final double alpha;
  private final double beta;

  /**
   * A learner.
   *
   * @param alpha prior successes, above 0
   * @param beta prior failures, above 0
   * @throws IllegalArgumentException when they are not so
   */
  public BetaBernoulliLearning(double alpha, double beta) {
    Parameters.positive("alpha", alpha);
    Parameters.positive("beta", beta);
    this.alpha = alpha;
    this.beta = beta;
  }

  @Override
  public boolean inPeriods() {
    return true;
  }

  @Override
  public void begin(PathBlock block) {
    Arrays.fill(block.state(0), alpha);
  }

  @Override
  public void advance(PathBlock block, double from, double to) {
    double[] a = block.state(0);
    double[] u = block.scratch(0);
    block.uniforms(u);
    double total = alpha + beta + from;
    int paths = block.paths();
    for (int p = 0; p < paths; p++) {
      // Low numbers succeed: what one path learns its mirror image unlearns.
      a[p] += u[p] * total < a[p] ? 1 : 0;
    }
  }

  @Override
  public double[] values(PathBlock block) {
    double[] a = block.state(0);
    double[] out = block.scratch(5);
    double total = alpha + beta + block.time();
    int paths = block.paths();
    for (int p = 0; p < paths; p++) {
      out[p] = a[p] / total;
    }
    return out;
  }

  @Override
  public double mean(double time) {
    return alpha / (alpha + beta);
  }
}
