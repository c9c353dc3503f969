package bellwether.core.path;

/**
 * The numbers that a path gives, in order: its values at the study's times, whether (or how likely)
 * it exceeded the barrier, its discounted sum, its maximum, its differences to the other process,
 * and the control variate; then products of values, of equal times or of all pairs.
 */
final class Features {
  final int times;
  final int barrier;
  final int sum;
  final int maximum;
  final int difference;
  final int control;
  final int count;
  final int pairs;
  private final boolean covariances;

  Features(PathStudy study) {
    times = study.timeCount();
    int next = times;
    barrier = study.barrier() == null ? -1 : next++;
    sum = study.discountedSum() == null ? -1 : next++;
    maximum = study.hasMaximum() ? next++ : -1;
    difference = study.versus() == null ? -1 : next;
    next += difference < 0 ? 0 : times;
    control = study.control() == null ? -1 : next++;
    count = next;
    covariances = study.covariances();
    long wanted = covariances ? (long) times * (times + 1) / 2 : times;
    if (wanted > 10_000_000) {
      throw new IllegalArgumentException(
          "covariances of at most 4000 times can be estimated: " + times);
    }
    pairs = (int) wanted;
  }

  /** The number of the pair of times i and j, i at most j. */
  int pair(int i, int j) {
    return covariances ? j * (j + 1) / 2 + i : i;
  }

  /** The first i of the pairs with j. */
  int firstOf(int j) {
    return covariances ? 0 : j;
  }
}
