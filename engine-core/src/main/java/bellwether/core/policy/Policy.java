package bellwether.core.policy;

/**
 * Which arms are active. Index policies activate the arms with the largest indices; two indices tie
 * when they differ by at most 1e-9 of the largest reward there is, and among ties the arms with the
 * lowest numbers go first.
 */
public enum Policy {
  /**
   * Gittins' index (1979), of arms that are not restless: optimal where one arm is active a period
   * and the horizon is infinite.
   */
  GITTINS("gittins", 0),
  /** Whittle's index (1988); of an arm that is not restless it is Gittins'. */
  WHITTLE("whittle", 1),
  /** The expected reward of this period, active less passive. */
  MYOPIC("myopic", 2),
  /**
   * Upper confidence bounds, for bandits with arms that are learned: mean + sqrt(2 ln(1 + t)) sd of
   * the posterior in period t = 1, 2, ..., the normal form of Bayes-UCB's quantile (Kaufmann, Cappe
   * and Garivier 2012). Of a known arm nothing is uncertain: its index is its expected reward.
   */
  UCB("ucb", 3),
  /**
   * Posterior draws (Thompson 1933), for bandits with arms that are learned: the index is a draw of
   * the success probability; of a known arm it is its expected reward. Always simulated.
   */
  THOMPSON("thompson", 4),
  /** Every choice of arms equally likely, anew in every period. */
  RANDOM("random", 5),
  /** The best there is: the joint dynamic program. */
  OPTIMAL("optimal", 6);

  private final String word;
  private final int stream;

  Policy(String word, int stream) {
    this.word = word;
    this.stream = stream;
  }

  /** Which of a block's streams the policy's own draws come from. */
  int stream() {
    return stream;
  }

  /** The name in job files. */
  public String word() {
    return word;
  }
}
