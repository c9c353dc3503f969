package bellwether.core.path;

import org.jspecify.annotations.Nullable;

/** What is to be learned about a process. */
public final class PathStudy {
  /** Times there may be. */
  public static final int MOST_TIMES = 100_000;

  private final PathProcess process;
  private final double[] times;
  private final boolean covariances;
  private final double quantileLevel;
  private final @Nullable Barrier barrier;
  private final @Nullable DiscountedSum discountedSum;
  private final boolean maximum;
  private final @Nullable Control control;
  private final @Nullable PathProcess versus;

  private PathStudy(Builder builder) {
    process = builder.process;
    times = builder.times;
    covariances = builder.covariances;
    quantileLevel = builder.quantileLevel;
    barrier = builder.barrier;
    discountedSum = builder.discountedSum;
    maximum = builder.maximum;
    control = builder.control;
    versus = builder.versus;
  }

  /**
   * A study of means and variances at some times.
   *
   * @param times at least 0, rising; whole numbers if the process goes in periods
   * @throws IllegalArgumentException when they are not so, or none or too many
   */
  public static Builder of(PathProcess process, double... times) {
    if (times.length == 0 || times.length > MOST_TIMES) {
      throw new IllegalArgumentException("times must be 1 to " + MOST_TIMES + ": " + times.length);
    }
    for (int i = 0; i < times.length; i++) {
      double before = i == 0 ? -1 : times[i - 1];
      if (!(times[i] >= 0 && times[i] < Double.POSITIVE_INFINITY && times[i] > before)) {
        throw new IllegalArgumentException(
            "times must be finite, >= 0 and rising: times[" + i + "]=" + times[i]);
      }
      if (process.inPeriods() && times[i] != Math.rint(times[i])) {
        throw new IllegalArgumentException(
            "times of a process in periods must be whole: times[" + i + "]=" + times[i]);
      }
    }
    return new Builder(process, times.clone());
  }

  PathProcess process() {
    return process;
  }

  /** The times of the study. */
  public double[] times() {
    return times.clone();
  }

  int timeCount() {
    return times.length;
  }

  double time(int i) {
    return times[i];
  }

  boolean covariances() {
    return covariances;
  }

  /** NaN where no quantile is wanted. */
  double quantileLevel() {
    return quantileLevel;
  }

  /** Whether quantiles are asked for. */
  public boolean hasQuantiles() {
    return !Double.isNaN(quantileLevel);
  }

  /** Whether a barrier is. */
  public boolean hasBarrier() {
    return barrier != null;
  }

  /** Whether a discounted sum is. */
  public boolean hasDiscountedSum() {
    return discountedSum != null;
  }

  /** Whether the largest value is. */
  public boolean hasMaximum() {
    return maximum;
  }

  /** Whether the difference to another process is. */
  public boolean hasDifference() {
    return versus != null;
  }

  @Nullable Barrier barrier() {
    return barrier;
  }

  @Nullable DiscountedSum discountedSum() {
    return discountedSum;
  }

  @Nullable Control control() {
    return control;
  }

  @Nullable PathProcess versus() {
    return versus;
  }

  /** When the running maximum and the barrier are looked at. */
  Barrier.Monitoring monitoring() {
    if (barrier != null) {
      return barrier.monitoring();
    }
    return process.inPeriods() ? Barrier.Monitoring.PERIODS : Barrier.Monitoring.TIMES;
  }

  /** Adds to a study. */
  public static final class Builder {
    private final PathProcess process;
    private final double[] times;
    private boolean covariances;
    private double quantileLevel = Double.NaN;
    private @Nullable Barrier barrier;
    private @Nullable DiscountedSum discountedSum;
    private boolean maximum;
    private @Nullable Control control;
    private @Nullable PathProcess versus;

    private Builder(PathProcess process, double[] times) {
      this.process = process;
      this.times = times;
    }

    /** Asks for covariances between all times: T (T + 1) / 2 products a path. */
    public Builder covariances() {
      covariances = true;
      return this;
    }

    /**
     * Asks for a quantile at every time.
     *
     * @param level in (0, 1)
     * @throws IllegalArgumentException when it is not
     */
    public Builder quantile(double level) {
      if (!(level > 0 && level < 1)) {
        throw new IllegalArgumentException("level must be in (0, 1): " + level);
      }
      quantileLevel = level;
      return this;
    }

    /**
     * Asks for the probability that the largest value exceeds a level.
     *
     * @throws IllegalArgumentException when the process cannot be monitored so
     */
    public Builder barrier(Barrier wanted) {
      if (wanted.monitoring() == Barrier.Monitoring.CONTINUOUS && !(process instanceof Bridged)) {
        throw new IllegalArgumentException(
            "only Bridged processes can be monitored continuously: " + process.getClass());
      }
      if (wanted.monitoring() == Barrier.Monitoring.LARGEST_MARK
          && !(process instanceof Arrivals arrivals && arrivals.hasMarks())) {
        throw new IllegalArgumentException(
            "only Arrivals with marks have a largest one: " + process.getClass());
      }
      barrier = wanted;
      return this;
    }

    /** Asks for the mean of a discounted sum. */
    public Builder discountedSum(DiscountedSum wanted) {
      discountedSum = wanted;
      return this;
    }

    /**
     * Asks for the mean of the largest value: over all periods, or all times where there are none;
     * where a barrier is monitored, over the grid of its monitoring.
     */
    public Builder maximum() {
      maximum = true;
      return this;
    }

    /**
     * Uses a control variate.
     *
     * @throws IllegalArgumentException when the initial mean is asked for and not known
     */
    public Builder control(Control variate) {
      if (variate instanceof Control.Initial && Double.isNaN(process.mean(0))) {
        throw new IllegalArgumentException(
            "the process does not know its initial mean: " + process.getClass());
      }
      control = variate;
      return this;
    }

    /**
     * Asks for the mean of the difference to another process at every time. Both meet the same
     * random numbers, so that what they have in common cancels.
     *
     * @throws IllegalArgumentException when one goes in periods and the other does not
     */
    public Builder versus(PathProcess other) {
      if (process.inPeriods() != other.inPeriods()) {
        throw new IllegalArgumentException("both or neither process must go in periods");
      }
      versus = other;
      return this;
    }

    /** The study. */
    public PathStudy build() {
      return new PathStudy(this);
    }
  }
}
