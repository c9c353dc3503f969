package bellwether.core.policy;

import bellwether.core.bandit.BetaBernoulliArm;
import bellwether.core.bandit.FiniteArm;
import bellwether.core.bandit.RestlessArm;

/** An arm of a {@link BanditProblem}; its rewards are multiplied by {@link #scale}. */
public sealed interface BanditArm {
  /** What the arm's rewards are multiplied by: positive and finite. */
  double scale();

  /** How many states the arm can be given in; 1 where it stands for its own state. */
  int states();

  /** A Markov arm that neither pays nor moves while it is passive. */
  record Rested(FiniteArm arm, double scale) implements BanditArm {
    /** Checks the scale. */
    public Rested {
      checkScale(scale);
    }

    @Override
    public int states() {
      return arm.states();
    }
  }

  /** A Markov arm that may pay and move in every period. */
  record Restless(RestlessArm arm, double scale) implements BanditArm {
    /** Checks the scale. */
    public Restless {
      checkScale(scale);
    }

    @Override
    public int states() {
      return arm.states();
    }
  }

  /** A Bernoulli arm whose success probability is learned; it starts at its own counts. */
  record Learning(BetaBernoulliArm arm, double scale) implements BanditArm {
    /** Checks the scale. */
    public Learning {
      checkScale(scale);
    }

    @Override
    public int states() {
      return 1;
    }
  }

  private static void checkScale(double scale) {
    if (!(scale > 0 && scale < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("scale must be positive and finite: " + scale);
    }
  }
}
