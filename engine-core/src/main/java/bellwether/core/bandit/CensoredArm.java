package bellwether.core.bandit;

/**
 * What is left of an arm when some of its states have been eliminated: rewards d, times b, and
 * probabilities Q whose rows fall short of 1 by what b has gained.
 */
@SuppressWarnings("ArrayRecordComponent")
record CensoredArm(double[] d, double[] b, int[][] columns, double[][] weights, int[] lengths)
    implements FiniteArm {

  @Override
  public int states() {
    return d.length;
  }

  @Override
  public void fillRewards(double[] target) {
    System.arraycopy(d, 0, target, 0, d.length);
  }

  /** Writes b(s) to {@code target[s]}. */
  void fillTimes(double[] target) {
    System.arraycopy(b, 0, target, 0, b.length);
  }

  @Override
  public void forEachRow(RowVisitor visitor) {
    double[] row = new double[d.length];
    for (int s = 0; s < d.length; s++) {
      for (int i = 0; i < lengths[s]; i++) {
        row[columns[s][i]] = weights[s][i];
      }
      visitor.accept(s, row, 0);
      for (int i = 0; i < lengths[s]; i++) {
        row[columns[s][i]] = 0;
      }
    }
  }
}
