package bellwether.core.mdp;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;

/** Policy iteration with 60 digits on small models whose numbers are taken as they stand. */
final class ExactMdp {
  private static final MathContext DIGITS = new MathContext(60);

  private ExactMdp() {}

  /** The optimal values; rows are divided by their exact sums. */
  static BigDecimal[] values(RowMdp model, Objective objective, double discount) {
    int n = model.states();
    int[] policy = new int[n];
    for (int s = 0; s < n; s++) {
      policy[s] = model.firstRow(s);
    }
    while (true) {
      BigDecimal[] v = evaluate(model, policy, discount);
      boolean changed = false;
      for (int s = 0; s < n; s++) {
        BigDecimal best = v[s];
        for (int k = model.firstRow(s); k < model.firstRow(s + 1); k++) {
          BigDecimal q = backup(model, k, v, discount);
          BigDecimal gain = q.subtract(best).multiply(BigDecimal.valueOf(objective.sign()));
          if (gain.compareTo(new BigDecimal("1e-40")) > 0) {
            best = q;
            policy[s] = k;
            changed = true;
          }
        }
      }
      if (!changed) {
        return v;
      }
    }
  }

  private static BigDecimal backup(RowMdp model, int row, BigDecimal[] v, double discount) {
    BigDecimal[] sum = {BigDecimal.ZERO, BigDecimal.ZERO};
    model.forEachSuccessor(
        row,
        (t, p) -> {
          sum[0] = sum[0].add(new BigDecimal(p).multiply(v[t], DIGITS), DIGITS);
          sum[1] = sum[1].add(new BigDecimal(p), DIGITS);
        });
    return new BigDecimal(discount)
        .multiply(sum[0].divide(sum[1], DIGITS), DIGITS)
        .add(new BigDecimal(model.rowReward(row)), DIGITS);
  }

  private static BigDecimal[] evaluate(RowMdp model, int[] policy, double discount) {
    int n = policy.length;
    BigDecimal[][] a = new BigDecimal[n][n + 1];
    for (int s = 0; s < n; s++) {
      Arrays.fill(a[s], BigDecimal.ZERO);
      BigDecimal[] row = a[s];
      BigDecimal[] sum = {BigDecimal.ZERO};
      model.forEachSuccessor(policy[s], (t, p) -> sum[0] = sum[0].add(new BigDecimal(p)));
      model.forEachSuccessor(
          policy[s],
          (t, p) ->
              row[t] =
                  row[t].subtract(
                      new BigDecimal(discount)
                          .multiply(new BigDecimal(p).divide(sum[0], DIGITS), DIGITS)));
      row[s] = row[s].add(BigDecimal.ONE);
      row[n] = new BigDecimal(model.rowReward(policy[s]));
    }
    for (int k = 0; k < n; k++) {
      for (int i = k + 1; i < n; i++) {
        BigDecimal factor = a[i][k].divide(a[k][k], DIGITS);
        if (factor.signum() != 0) {
          for (int j = k; j <= n; j++) {
            a[i][j] = a[i][j].subtract(factor.multiply(a[k][j], DIGITS), DIGITS);
          }
        }
      }
    }
    BigDecimal[] v = new BigDecimal[n];
    for (int k = n - 1; k >= 0; k--) {
      BigDecimal rest = a[k][n];
      for (int j = k + 1; j < n; j++) {
        rest = rest.subtract(a[k][j].multiply(v[j], DIGITS), DIGITS);
      }
      v[k] = rest.divide(a[k][k], DIGITS);
    }
    return v;
  }
}
