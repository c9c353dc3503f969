package bellwether.core.path;

import bellwether.core.distribution.Distribution;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Poisson arrivals, each with a mark: the sum of the marks that have arrived, or, without marks,
 * how many arrived. Counts are drawn by inversion, marks one after the other.
 */
public final class Arrivals implements PathProcess {
  /** The most that may be expected within one step with marks, which are drawn one by one. */
  public static final double MOST_MARKED = 1e6;

  /** The most that may be expected within one step without marks. */
  public static final double MOST_COUNTED = 1e9;

  private final double rate;
  private final @Nullable Sampler marks;
  private final double markMean;

  /** The table of the latest length of step: most simulations have one or a few. */
  private volatile PoissonTable latest;

  private Arrivals(double rate, @Nullable Sampler marks, double markMean) {
    Parameters.positive("rate", rate);
    this.rate = rate;
    this.marks = marks;
    this.markMean = markMean;
    latest = new PoissonTable(1);
  }

  /**
   * The number of arrivals.
   *
   * @param rate a unit of time, above 0
   * @throws IllegalArgumentException when it is not so
   */
  public static Arrivals counted(double rate) {
    return new Arrivals(rate, null, 1);
  }

  /**
   * The sum of the marks of arrivals.
   *
   * @param rate a unit of time, above 0
   * @throws IllegalArgumentException when it is not so
   */
  public static Arrivals marked(double rate, Distribution marks) {
    return new Arrivals(rate, Sampler.of(marks), marks.mean());
  }

  /** Whether arrivals have marks. */
  public boolean hasMarks() {
    return marks != null;
  }

  /** Arrivals a unit of time. */
  public double rate() {
    return rate;
  }

  /** The most that may be expected within one step. */
  public double mostExpected() {
    return hasMarks() ? MOST_MARKED : MOST_COUNTED;
  }

  /** The sum or number, and the largest mark. */
  @Override
  public int states() {
    return 2;
  }

  @Override
  public void begin(PathBlock block) {
    Arrays.fill(block.state(0), 0);
    Arrays.fill(block.state(1), Double.NEGATIVE_INFINITY);
  }

  /** The largest mark that has arrived, minus infinity before the first. */
  double[] largest(PathBlock block) {
    return block.state(1);
  }

  /**
   * Draws the arrivals of a step.
   *
   * @throws IllegalArgumentException when more than {@link #mostExpected} are expected
   */
  @Override
  public void advance(PathBlock block, double from, double to) {
    double expected = rate * (to - from);
    if (!(expected <= mostExpected())) {
      throw new IllegalArgumentException(
          "rate times the longest step must be at most " + mostExpected() + ": " + expected);
    }
    PoissonTable table = latest;
    if (table.mean() != expected) {
      table = new PoissonTable(expected);
      latest = table;
    }
    double[] u = block.scratch(0);
    block.uniforms(u);
    double[] sum = block.state(0);
    int paths = block.paths();
    Sampler sampler = marks;
    if (sampler == null) {
      for (int p = 0; p < paths; p++) {
        sum[p] += table.quantile(u[p]);
      }
      return;
    }
    double[] count = block.scratch(1);
    double[] mark = block.scratch(2);
    double[] largest = block.state(1);
    int most = 0;
    for (int p = 0; p < paths; p++) {
      count[p] = table.quantile(u[p]);
      most = Math.max(most, (int) count[p]);
    }
    for (int k = 0; k < most; k++) {
      sampler.draw(block, mark);
      for (int p = 0; p < paths; p++) {
        if (k < count[p]) {
          sum[p] += mark[p];
          largest[p] = mark[p] > largest[p] ? mark[p] : largest[p];
        }
      }
    }
  }

  @Override
  public double mean(double time) {
    return rate * time * markMean;
  }
}
