package bellwether.core.policy;

import bellwether.core.bandit.BetaBernoulliArm;
import bellwether.core.bandit.BetaBernoulliTable;
import bellwether.core.bandit.IndexBracket;
import bellwether.core.bandit.IndexTable;
import bellwether.core.kernel.Kernels;
import bellwether.core.parallel.Workers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where Gittins indices of learned arms come from before each is computed by itself: tables that a
 * user has, and where an arm may come to very many beliefs a table of its first pulls, made in one
 * pass. Arms whose counts differ by whole numbers share one. What is made depends on the problem
 * alone, so that bits do not depend on threads or on which beliefs are met.
 */
final class BeliefIndices {
  /** Pulls that a table of this class covers at discounts up to 0.99. */
  private static final int MOST_PULLS = 1000;

  /** Counts that arms of one table differ by. */
  private static final int APART = 100;

  private final List<IndexTable> given;
  private final List<Group> groups = new ArrayList<>();
  private final double tolerance;

  /** A triangle of beliefs. */
  private static final class Group {
    double alpha;
    double beta;
    double farAlpha;
    double farBeta;
    @Nullable BetaBernoulliTable table;

    Group(BetaBernoulliArm arm) {
      alpha = arm.alpha();
      beta = arm.beta();
      farAlpha = alpha;
      farBeta = beta;
    }

    boolean joins(BetaBernoulliArm arm) {
      return near(arm.alpha() - alpha, arm.alpha(), alpha)
          && near(arm.beta() - beta, arm.beta(), beta);
    }

    private static boolean near(double step, double count, double corner) {
      return step == Math.rint(step) && Math.abs(step) <= APART && corner + step == count;
    }

    void add(BetaBernoulliArm arm) {
      alpha = Math.min(alpha, arm.alpha());
      beta = Math.min(beta, arm.beta());
      farAlpha = Math.max(farAlpha, arm.alpha());
      farBeta = Math.max(farBeta, arm.beta());
    }

    double index(BetaBernoulliArm belief) {
      BetaBernoulliTable made = table;
      if (made == null) {
        return Double.NaN;
      }
      double i = belief.alpha() - alpha;
      double j = belief.beta() - beta;
      boolean whole = i == Math.rint(i) && j == Math.rint(j);
      return whole && i < made.size() && j < made.size() && made.has((int) i, (int) j)
          ? made.index((int) i, (int) j)
          : Double.NaN;
    }
  }

  /**
   * Tables for a problem.
   *
   * @param given a user's tables; those of another discount or wider brackets are not used
   * @param depth pulls that an arm can come to
   */
  BeliefIndices(
      BanditProblem problem, List<IndexTable> given, int depth, Kernels kernels, Workers workers) {
    this.given = given.stream().filter(table -> table.discount() == problem.discount()).toList();
    double finest = 1;
    for (BanditArm arm : problem.arms()) {
      if (arm instanceof BanditArm.Learning learning) {
        BetaBernoulliArm own = learning.arm();
        finest = Math.min(finest, tolerance(own, problem.discount()));
        Group group = groups.stream().filter(g -> g.joins(own)).findFirst().orElse(null);
        if (group == null) {
          groups.add(new Group(own));
        } else {
          group.add(own);
        }
      }
    }
    tolerance = finest;
    double reach = MOST_PULLS * Math.min(1, Math.sqrt(0.01 / (1 - problem.discount())));
    for (Group group : groups) {
      double apart = Math.max(group.farAlpha - group.alpha, group.farBeta - group.beta);
      int size = (int) (Math.min(depth, reach) + apart) + 1;
      if (BetaBernoulliTable.inOnePass(size * (size + 1L) / 2, problem.discount())) {
        group.table =
            BetaBernoulliTable.triangle(
                new BetaBernoulliArm(group.alpha, group.beta),
                size,
                problem.discount(),
                tolerance,
                kernels,
                workers);
      }
    }
  }

  /** How wide a bracket of an arm's indices may be. */
  static double tolerance(BetaBernoulliArm arm, double discount) {
    double mean = arm.alpha() / (arm.alpha() + arm.beta());
    return Math.max(1e-9, IndexBracket.defaultTolerance(discount, mean));
  }

  /** The index of a belief, NaN where no table has it. */
  double index(BetaBernoulliArm belief) {
    for (IndexTable table : given) {
      IndexBracket bracket = table.bracket(belief);
      if (bracket != null && bracket.width() <= tolerance) {
        return bracket.index();
      }
    }
    for (Group group : groups) {
      double index = group.index(belief);
      if (!Double.isNaN(index)) {
        return index;
      }
    }
    return Double.NaN;
  }
}
