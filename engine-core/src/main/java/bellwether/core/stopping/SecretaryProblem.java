package bellwether.core.stopping;

/**
 * Candidates come one by one in random order; each is ranked against those before, and is taken at
 * once or never.
 */
public final class SecretaryProblem {
  /** The most candidates: rules may be an array. */
  public static final int MOST_CANDIDATES = 10_000_000;

  private SecretaryProblem() {}

  /**
   * Taking the best.
   *
   * @param skip candidates to let pass; then the first that is better than all before is taken
   * @param value the probability that it is the best of all
   */
  public record Best(int skip, double value) {}

  /**
   * The lowest expected rank.
   *
   * @param acceptRank candidate j (from 0) is taken when its rank among those so far, 1 the best,
   *     is at most acceptRank[j]
   * @param value the expected rank among all, 1 the best
   */
  public record Rank(int[] acceptRank, double value) {}

  private static void check(int candidates) {
    if (candidates < 1 || candidates > MOST_CANDIDATES) {
      throw new IllegalArgumentException(
          "candidates must number from 1 to " + MOST_CANDIDATES + ": " + candidates);
    }
  }

  /**
   * The rule that takes the best most often: skip r, the least with 1/(r+1) + ... + 1/(n-1) &lt;=
   * 1; it wins with probability r/n (1/r + ... + 1/(n-1)), 1/n with r = 0 (Lindley 1961).
   *
   * @throws IllegalArgumentException when there are fewer than 1 or more than {@link
   *     #MOST_CANDIDATES}
   */
  public static Best best(int candidates) {
    check(candidates);
    int r = candidates - 1;
    // The sum of 1/k for r < k < n, from its least terms on.
    double sum = 0;
    while (r > 0 && sum + 1.0 / r <= 1) {
      sum += 1.0 / r;
      r--;
    }
    return new Best(r, r == 0 ? 1.0 / candidates : (r * sum + 1) / candidates);
  }

  /**
   * The rule of the lowest expected rank: with c_i the expected rank when candidate i (from 1) and
   * all before were let pass, a relative rank k is taken when k (n+1)/(i+1) &lt;= c_i; c_(i-1) =
   * 1/i sum_k min(k (n+1)/(i+1), c_i), c_n infinite (Chow, Moriguti, Robbins and Samuels 1964).
   *
   * @throws IllegalArgumentException when there are fewer than 1 or more than {@link
   *     #MOST_CANDIDATES}
   */
  public static Rank lowestRank(int candidates) {
    check(candidates);
    int[] accept = new int[candidates];
    accept[candidates - 1] = candidates;
    double expected = (candidates + 1.0) / 2;
    for (int i = candidates - 1; i >= 1; i--) {
      double scale = (candidates + 1.0) / (i + 1);
      // Ties take the candidate.
      int most = (int) Math.min(i, StrictMath.floor(expected / scale * (1 + 1e-12)));
      accept[i - 1] = most;
      expected = (scale * (0.5 * most * (most + 1.0)) + (i - most) * expected) / i;
    }
    return new Rank(accept, expected);
  }

  /**
   * Bruss's odds algorithm (2000): independent events of probability p[k] come one by one; stop at
   * the first from {@code start} on to stop most often at the last one. start is the largest index
   * from which the odds p/(1-p) sum to at least 1, or 0; the value is the product of 1-p from there
   * on, times the sum of the odds.
   *
   * @param probabilities in [0, 1], at least one
   * @throws IllegalArgumentException naming the entry that is not in [0, 1]
   */
  public static Best lastSuccess(double... probabilities) {
    if (probabilities.length == 0) {
      throw new IllegalArgumentException("probabilities must be at least one");
    }
    for (int k = 0; k < probabilities.length; k++) {
      if (!(probabilities[k] >= 0 && probabilities[k] <= 1)) {
        throw new IllegalArgumentException(
            "probabilities[" + k + "] must be in [0, 1]: " + probabilities[k]);
      }
    }
    double odds = 0;
    double none = 1;
    for (int k = probabilities.length - 1; ; k--) {
      double p = probabilities[k];
      if (p == 1) {
        // A certain event: wait for it or, when it is likely that more come, for a later one.
        return odds >= 1 ? new Best(k + 1, none * odds) : new Best(k, none);
      }
      odds += p / (1 - p);
      none *= 1 - p;
      if (odds >= 1 || k == 0) {
        return new Best(k, none * odds);
      }
    }
  }
}
