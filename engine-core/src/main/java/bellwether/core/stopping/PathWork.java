package bellwether.core.stopping;

/** Arrays to work in, for one thread at a time. */
@SuppressWarnings("ArrayRecordComponent")
final class PathWork {
  final int stride;
  final double[] normals;
  final double[] prices;
  final double[] best;
  final int[] chosen;

  /** Prices of the chosen paths, by asset. */
  final double[] gathered;

  /** Functions of the chosen paths. */
  final double[] rows;

  final double[] goesOn;
  final double[] received;

  PathWork(int stride, int assets, int functions) {
    this.stride = stride;
    normals = new double[assets * stride];
    prices = new double[assets * stride];
    best = new double[stride];
    chosen = new int[stride];
    gathered = new double[assets * stride];
    rows = new double[functions * stride];
    goesOn = new double[stride];
    received = new double[stride];
  }

  /** best = the payoff of each path. */
  void payoffs(OptionModel model, double[] from, int offset, int count) {
    if (model.put()) {
      for (int p = 0; p < count; p++) {
        best[p] = 1 - from[offset + p];
      }
      return;
    }
    for (int p = 0; p < count; p++) {
      best[p] = from[offset + p];
    }
    for (int i = 1; i < model.assets(); i++) {
      int at = offset + i * stride;
      for (int p = 0; p < count; p++) {
        double price = from[at + p];
        best[p] = price > best[p] ? price : best[p];
      }
    }
    for (int p = 0; p < count; p++) {
      best[p] -= 1;
    }
  }

  /** Chooses the paths with a positive payoff; returns how many. */
  int choosePositive(int count) {
    int n = 0;
    for (int p = 0; p < count; p++) {
      chosen[n] = p;
      n += best[p] > 0 ? 1 : 0;
    }
    return n;
  }

  /** gathered = the prices of the chosen. */
  void gather(OptionModel model, double[] from, int offset, int count) {
    for (int i = 0; i < model.assets(); i++) {
      int at = offset + i * stride;
      int to = i * stride;
      for (int c = 0; c < count; c++) {
        gathered[to + c] = from[at + chosen[c]];
      }
    }
  }
}
