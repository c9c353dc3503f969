package bellwether.core.policy;

/**
 * The rows of a chain as alias tables (Walker 1977, Vose 1991): a successor costs one uniform
 * number and two look-ups, whatever the length of the row.
 */
final class AliasRows {
  private final int[] start;
  private final int[] own;
  private final int[] other;
  private final double[] threshold;

  /** The rows of one action. */
  AliasRows(ArmChain chain, int action) {
    int n = chain.states();
    start = new int[n + 1];
    for (int s = 0; s < n; s++) {
      start[s + 1] = start[s] + chain.length(action, s);
    }
    own = new int[start[n]];
    other = new int[start[n]];
    threshold = new double[start[n]];
    int longest = 0;
    for (int s = 0; s < n; s++) {
      longest = Math.max(longest, start[s + 1] - start[s]);
    }
    int[] small = new int[longest];
    int[] large = new int[longest];
    for (int s = 0; s < n; s++) {
      fill(chain, action, s, small, large);
    }
  }

  private void fill(ArmChain chain, int action, int s, int[] small, int[] large) {
    int from = start[s];
    int length = start[s + 1] - from;
    int smalls = 0;
    int larges = 0;
    for (int k = 0; k < length; k++) {
      own[from + k] = chain.successor(action, s, k);
      other[from + k] = own[from + k];
      threshold[from + k] = chain.probability(action, s, k) * length;
      if (threshold[from + k] < 1) {
        small[smalls++] = from + k;
      } else {
        large[larges++] = from + k;
      }
    }
    while (smalls > 0 && larges > 0) {
      int poor = small[--smalls];
      int rich = large[larges - 1];
      other[poor] = own[rich];
      threshold[rich] -= 1 - threshold[poor];
      if (threshold[rich] < 1) {
        larges--;
        small[smalls++] = rich;
      }
    }
    // What is left differs from 1 by rounding only.
    while (smalls > 0) {
      threshold[small[--smalls]] = 1;
    }
  }

  /**
   * The successor of a state.
   *
   * @param uniform in [0, 1)
   */
  int next(int state, double uniform) {
    int from = start[state];
    int length = start[state + 1] - from;
    double scaled = uniform * length;
    int k = Math.min((int) scaled, length - 1);
    return scaled - k < threshold[from + k] ? own[from + k] : other[from + k];
  }
}
