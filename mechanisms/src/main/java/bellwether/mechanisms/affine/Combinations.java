package bellwether.mechanisms.affine;

import bellwether.core.random.RandomStreams;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Combinations of the agents' alternatives, each once, with their probabilities or the shares of a
 * sample. Immutable.
 */
public final class Combinations {
  private final int[][] alternative;
  private final double[] weight;
  private final long draws;

  private Combinations(int[][] alternative, double[] weight, long draws) {
    this.alternative = alternative;
    this.weight = weight;
    this.draws = draws;
  }

  /**
   * All of them where there are at most so many, else a sample of that size.
   *
   * @param most at least 1
   * @param block which stream of the seed
   */
  public static Combinations upTo(PrivateEnvironment environment, int most, long seed, long block) {
    return environment.combinations() <= most
        ? all(environment)
        : drawn(environment, most, seed, block);
  }

  /**
   * All of them that have a positive probability, the last agent's counted fastest.
   *
   * @throws IllegalArgumentException when there are more than 2^31 - 9
   */
  public static Combinations all(PrivateEnvironment environment) {
    if (environment.combinations() > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "there are too many combinations of alternatives: " + environment.combinations());
    }
    int n = environment.size();
    int count = (int) environment.combinations();
    List<int[]> kept = new ArrayList<>();
    List<Double> law = new ArrayList<>();
    for (int c = 0; c < count; c++) {
      int[] one = new int[n];
      double p = 1;
      int rest = c;
      for (int i = n - 1; i >= 0; i--) {
        one[i] = rest % environment.alternatives(i).count();
        rest /= environment.alternatives(i).count();
        p *= environment.alternatives(i).probability(one[i]);
      }
      if (p > 0) {
        kept.add(one);
        law.add(p);
      }
    }
    return make(n, kept, law, 0);
  }

  /** A sample: every draw takes one uniform number an agent, in their order. */
  public static Combinations drawn(
      PrivateEnvironment environment, int draws, long seed, long block) {
    int n = environment.size();
    UniformRandomProvider random = RandomStreams.block(seed, block);
    Map<IntBuffer, Integer> known = new LinkedHashMap<>();
    for (int d = 0; d < draws; d++) {
      int[] one = new int[n];
      for (int i = 0; i < n; i++) {
        one[i] = draw(environment.alternatives(i), random.nextDouble());
      }
      known.merge(IntBuffer.wrap(one), 1, Integer::sum);
    }
    List<int[]> kept = new ArrayList<>();
    List<Double> share = new ArrayList<>();
    known.forEach(
        (one, times) -> {
          kept.add(one.array());
          share.add((double) times / draws);
        });
    return make(n, kept, share, draws);
  }

  private static int draw(Alternatives own, double uniform) {
    double sum = 0;
    int last = 0;
    for (int m = 0; m < own.count(); m++) {
      if (own.probability(m) > 0) {
        last = m;
        sum += own.probability(m);
        if (uniform < sum) {
          return m;
        }
      }
    }
    return last;
  }

  private static Combinations make(int n, List<int[]> kept, List<Double> share, long draws) {
    int[][] alternative = new int[n][kept.size()];
    double[] weight = new double[kept.size()];
    for (int c = 0; c < weight.length; c++) {
      weight[c] = share.get(c);
      for (int i = 0; i < n; i++) {
        alternative[i][c] = kept.get(c)[i];
      }
    }
    return new Combinations(alternative, weight, draws);
  }

  /** How many. */
  public int count() {
    return weight.length;
  }

  /** Whether these are all there are. */
  public boolean exact() {
    return draws == 0;
  }

  /** How many were drawn, equal ones too; 0 where all are here. */
  public long draws() {
    return draws;
  }

  /** The probability of a combination, or its share of the draws. */
  public double weight(int c) {
    return weight[c];
  }

  /** The alternative of an agent in a combination. */
  public int alternative(int i, int c) {
    return alternative[i][c];
  }

  /** The alternatives of an agent by combination; not to be changed. */
  int[] alternatives(int i) {
    return alternative[i];
  }

  /** The combinations of some agents, each once, and where those of all agents are among them. */
  record Reduced(int[][] alternative, int[] place) {
    int count() {
      return alternative.length == 0 ? 1 : alternative[0].length;
    }
  }

  /** The combinations of all agents but one. */
  Reduced without(int out) {
    int n = alternative.length;
    Map<IntBuffer, Integer> known = new LinkedHashMap<>();
    int[] place = new int[count()];
    for (int c = 0; c < place.length; c++) {
      int[] one = new int[n - 1];
      for (int i = 0, at = 0; i < n; i++) {
        if (i != out) {
          one[at++] = alternative[i][c];
        }
      }
      IntBuffer key = IntBuffer.wrap(one);
      Integer old = known.putIfAbsent(key, known.size());
      place[c] = old == null ? known.size() - 1 : old;
    }
    int[][] reduced = new int[n - 1][known.size()];
    int[] at = {0};
    known
        .keySet()
        .forEach(
            key -> {
              for (int j = 0; j < n - 1; j++) {
                reduced[j][at[0]] = key.get(j);
              }
              at[0]++;
            });
    return new Reduced(reduced, place);
  }
}
