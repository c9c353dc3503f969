package bellwether.batch.kind;

import bellwether.core.bandit.BetaBernoulliArm;
import bellwether.core.bandit.DirichletArm;
import bellwether.core.bandit.FiniteArm;
import bellwether.core.bandit.NormalArm;
import bellwether.core.bandit.SparseArm;
import org.jspecify.annotations.Nullable;

/**
 * A bidder of an auction.
 *
 * @param name what the user calls it, or null
 * @param arm its arm; bidders that name the same arm of the library share one object
 * @param state where its arm is, 0 for arms without states
 */
record Bidder(@Nullable String name, ArmSpec arm, int state) {

  /** The expected reward of winning once, now. */
  double meanValue() {
    return arm.scale()
        * switch (arm.arm()) {
          case FiniteArm finite -> {
            double[] rewards = new double[finite.states()];
            finite.fillRewards(rewards);
            yield rewards[state];
          }
          case SparseArm sparse -> sparse.reward(state);
          case BetaBernoulliArm beta -> beta.alpha() / (beta.alpha() + beta.beta());
          case NormalArm normal -> normal.mean();
          case DirichletArm dirichlet -> dirichlet.mean();
        };
  }
}
