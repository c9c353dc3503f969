package bellwether.core.path;

import bellwether.core.random.AliasTable;
import java.util.Arrays;

/** A Markov chain over finitely many states, in periods, by alias tables. */
public final class FiniteChain implements PathProcess {
  private static final double SUM_TOLERANCE = 1e-9;

  private final double[] values;
  private final double mean;
  private final AliasTable first;
  private final AliasTable next;

  /**
   * A chain.
   *
   * @param values v[s], what is observed in state s, finite
   * @param transition P[s * S + t]
   * @param initial probabilities of the states at time 0
   * @throws IllegalArgumentException when sizes do not fit, an entry is not in [0, 1], or a row
   *     does not sum to 1 within 1e-9
   */
  public FiniteChain(double[] values, double[] transition, double[] initial) {
    int n = values.length;
    if (n == 0 || transition.length != (long) n * n || initial.length != n) {
      throw new IllegalArgumentException(
          "values, transition and initial must have S, S * S and S entries, S >= 1: "
              + n
              + ", "
              + transition.length
              + " and "
              + initial.length);
    }
    for (int s = 0; s < n; s++) {
      Parameters.finite("values[" + s + "]", values[s]);
      check("transition row " + s, transition, s * n, n);
    }
    check("initial", initial, 0, n);
    this.values = values.clone();
    double sum = 0;
    for (int s = 0; s < n; s++) {
      sum += initial[s] * values[s];
    }
    mean = sum;
    first = new AliasTable(initial, n);
    next = new AliasTable(transition, n);
  }

  private static void check(String name, double[] probability, int from, int length) {
    double sum = 0;
    for (int i = from; i < from + length; i++) {
      if (!(probability[i] >= 0 && probability[i] <= 1 + SUM_TOLERANCE)) {
        throw new IllegalArgumentException(
            name + " has an entry that is not in [0, 1]: " + probability[i]);
      }
      sum += probability[i];
    }
    if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
      throw new IllegalArgumentException(name + " sums to " + sum + ", expected 1 +- 1e-9");
    }
  }

  @Override
  public boolean inPeriods() {
    return true;
  }

  @Override
  public void begin(PathBlock block) {
    double[] state = block.state(0);
    Arrays.fill(state, 0);
    draw(first, false, block, state);
  }

  @Override
  public void advance(PathBlock block, double from, double to) {
    draw(next, true, block, block.state(0));
  }

  private static void draw(AliasTable table, boolean byState, PathBlock block, double[] state) {
    double[] u = block.scratch(0);
    block.uniforms(u);
    int paths = block.paths();
    for (int p = 0; p < paths; p++) {
      state[p] = table.draw(byState ? (int) state[p] : 0, u[p]);
    }
  }

  @Override
  public double[] values(PathBlock block) {
    double[] state = block.state(0);
    double[] out = block.scratch(5);
    int paths = block.paths();
    for (int p = 0; p < paths; p++) {
      out[p] = values[(int) state[p]];
    }
    return out;
  }

  @Override
  public double mean(double time) {
    return time == 0 ? mean : Double.NaN;
  }
}
