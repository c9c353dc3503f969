package bellwether.core.policy;

import bellwether.core.bandit.BetaBernoulliArm;
import bellwether.core.parallel.Workers;
import bellwether.core.random.RandomStreams;
import java.util.Arrays;
import org.apache.commons.rng.SplittableUniformRandomProvider;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ChengBetaSampler;

/**
 * Simulates one block of paths, policy after policy on the same random numbers: arm i takes its
 * number of period t from a stream of its own, whether it moves or not.
 */
final class PathBlock {
  /** Paths of a full block. */
  static final int PATHS = 1024;

  private final PathModel model;
  private final int arms;
  private final int[] first;
  private final int[] second;
  private final double[] scores;
  private final double[] drawn;
  private final int[] chosen;
  private final boolean[] active;
  private final double[] shares;
  private final Activation activation;

  /** A block for one thread. */
  PathBlock(PathModel model) {
    this.model = model;
    arms = model.arms();
    first = new int[arms];
    second = new int[arms];
    scores = new double[arms];
    drawn = new double[arms];
    chosen = new int[model.activate()];
    active = new boolean[arms];
    shares = new double[arms];
    activation = new Activation(arms, model.activate(), model.largest());
  }

  /** Simulates {@code count} paths of block {@code block}: always the same ones. */
  PathStatistics run(long seed, long block, int count) {
    int policies = model.policies();
    PathStatistics statistics = new PathStatistics(policies, arms);
    double[] values = new double[policies * count];
    for (int k = 0; k < policies; k++) {
      SplittableUniformRandomProvider root = RandomStreams.block(seed, block);
      UniformRandomProvider[] moves = new UniformRandomProvider[arms];
      for (int i = 0; i < arms; i++) {
        moves[i] = root.split();
      }
      UniformRandomProvider own = root.split();
      for (int p = 0; p < model.policy(k).stream(); p++) {
        // A policy's own numbers do not depend on which others are asked for.
        own = root.split();
      }
      for (int path = 0; path < count; path++) {
        Workers.checkInterrupted();
        values[k * count + path] = path(k, moves, own);
        for (int i = 0; i < arms; i++) {
          statistics.share(k, i, path, shares[i] / model.total());
        }
      }
    }
    for (int path = 0; path < count; path++) {
      statistics.add(values, count, path);
    }
    return statistics;
  }

  private double path(int k, UniformRandomProvider[] moves, UniformRandomProvider own) {
    ArmScore[] index = model.scores(k);
    Policy policy = model.policy(k);
    boolean everyPeriod = policy == Policy.UCB;
    model.begin(first, second);
    Arrays.fill(shares, 0);
    for (int i = 0; i < arms; i++) {
      scores[i] = index[i].at(first[i], second[i], 0);
    }
    double value = 0;
    double weight = 1;
    for (int t = 0; t < model.periods(); t++) {
      switch (policy) {
        case RANDOM -> choose(own);
        case THOMPSON -> {
          draw(own);
          activation.choose(drawn, chosen);
        }
        default -> activation.choose(scores, chosen);
      }
      Arrays.fill(active, false);
      for (int i : chosen) {
        active[i] = true;
        shares[i] += weight;
      }
      double reward = 0;
      for (int i = 0; i < arms; i++) {
        double uniform = moves[i].nextDouble();
        if (active[i] || model.restless(i)) {
          reward += model.reward(i, active[i], first[i], second[i]);
          model.move(i, active[i], uniform, first, second);
          if (!everyPeriod) {
            scores[i] = index[i].at(first[i], second[i], t + 1);
          }
        }
        if (everyPeriod) {
          scores[i] = index[i].at(first[i], second[i], t + 1);
        }
      }
      value += weight * reward;
      weight *= model.discount();
    }
    return value;
  }

  /** Draws a set of arms, all equally likely. */
  private void choose(UniformRandomProvider own) {
    for (int k = 0; k < chosen.length; k++) {
      // Floyd (1987): the k-th draw is from one more arm; what is there already gives way to it.
      int last = arms - chosen.length + k;
      int i = own.nextInt(last + 1);
      for (int j = 0; j < k; j++) {
        if (chosen[j] == i) {
          i = last;
          break;
        }
      }
      chosen[k] = i;
    }
  }

  private void draw(UniformRandomProvider own) {
    for (int i = 0; i < arms; i++) {
      BanditArm.Learning arm = model.learning(i);
      if (arm == null) {
        drawn[i] = scores[i];
      } else {
        BetaBernoulliArm prior = arm.arm();
        drawn[i] =
            arm.scale()
                * ChengBetaSampler.of(
                        own, prior.alpha() + first[i], prior.beta() + second[i] - first[i])
                    .sample();
      }
    }
  }
}
