package bellwether.core.mdp;

/** What the decision maker wants of the rewards. */
public enum Objective {
  /** The largest expected discounted sum. */
  MAXIMIZE(1),
  /** The smallest: rewards are costs. */
  MINIMIZE(-1);

  private final double sign;

  Objective(double sign) {
    this.sign = sign;
  }

  /** 1 or -1: what rewards are multiplied by so that more is better. */
  double sign() {
    return sign;
  }
}
