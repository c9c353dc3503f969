package bellwether.batch.kind;

import bellwether.core.bandit.BetaBernoulliArm;
import bellwether.core.bandit.DirichletArm;
import bellwether.core.bandit.FiniteArm;
import bellwether.core.bandit.NormalArm;
import bellwether.core.bandit.SparseArm;
import bellwether.mechanisms.auction.AffineMap;
import bellwether.mechanisms.auction.Contestant;
import bellwether.mechanisms.revenue.RevenueBidder;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A bidder of an auction.
 *
 * @param name what the user calls it, or null
 * @param arm its arm; bidders that name the same arm of the library share one object
 * @param state where its arm is, 0 for arms without states
 * @param report its initial type, in auctions for revenue; null in others
 */
record Bidder(@Nullable String name, ArmSpec arm, int state, @Nullable TypeReport report) {

  /** The bidder as its arm describes it. */
  Contestant contestant() {
    return new Contestant(arm.arm(), state, arm.scale());
  }

  /** The bidder of an auction for revenue. */
  RevenueBidder forRevenue() {
    TypeReport given = Objects.requireNonNull(report);
    return new RevenueBidder(contestant(), given.value(), given.initialType());
  }

  /** The expected value of winning once, now. */
  double meanValue() {
    double mean =
        arm.scale()
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
    if (report == null) {
      return mean;
    }
    AffineMap value = report.value().value(report.initialType());
    return value.apply(mean);
  }
}
