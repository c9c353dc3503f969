package bellwether.mechanisms.contract;

import bellwether.core.distribution.Beta;
import bellwether.core.distribution.Discrete;
import bellwether.core.distribution.Distribution;
import bellwether.core.distribution.Exponential;
import bellwether.core.distribution.Kumaraswamy;
import bellwether.core.distribution.Lognormal;
import bellwether.core.distribution.Normal;
import bellwether.core.distribution.Power;
import bellwether.core.distribution.Uniform;
import bellwether.mechanisms.virtual.PrivateType;
import bellwether.mechanisms.virtual.TypeFunction;
import bellwether.mechanisms.virtual.Valuation;
import java.util.SplittableRandom;

/** Types, signals and menus of any kind, by the seed. */
final class RandomMenus {
  private RandomMenus() {}

  static PrivateType type(SplittableRandom random) {
    Valuation valuation = random.nextBoolean() ? Valuation.ADDITIVE : Valuation.MULTIPLICATIVE;
    double p = Math.exp(random.nextDouble(-1.2, 1.2));
    double q = Math.exp(random.nextDouble(-1.2, 1.2));
    Distribution distribution =
        switch (random.nextInt(8)) {
          case 0 -> new Uniform(0, p);
          case 1 -> new Uniform(0.5, 0.5 + p);
          case 2 -> new Exponential(p);
          case 3 -> new Lognormal(random.nextDouble(-1, 1), Math.min(p, 1.5));
          case 4 -> new Normal(q, p);
          case 5 -> new Beta(p, q);
          case 6 -> new Kumaraswamy(p, q);
          default -> new Power(p);
        };
    TypeFunction a =
        switch (random.nextInt(distribution instanceof Normal ? 2 : 4)) {
          case 0 -> new TypeFunction.Identity();
          case 1 -> new TypeFunction.Affine(random.nextDouble(0, 0.5), q);
          case 2 -> new TypeFunction.Power(random.nextDouble(0.3, 2), 1.5);
          default -> new TypeFunction.Log1p(2);
        };
    return new PrivateType(distribution, a, valuation);
  }

  /** A signal; at least 0 if {@code positive}. */
  static Signal signal(SplittableRandom random, boolean positive, int horizon) {
    return switch (random.nextInt(positive ? 5 : 7)) {
      case 0 -> new Signal.Constant(random.nextDouble(0.2, 2));
      case 1 -> {
        double[] values = new double[horizon];
        for (int t = 0; t < horizon; t++) {
          values[t] = random.nextDouble(positive ? 0 : -0.5, 2);
        }
        yield horizon > 0 ? new Signal.Path(values) : new Signal.Constant(1);
      }
      case 2 ->
          new Signal.Independent(
              switch (random.nextInt(5)) {
                case 0 -> new Uniform(0.1, 1.2);
                case 1 -> new Exponential(1.3);
                case 2 -> new Lognormal(0, 0.6);
                case 3 -> new Beta(0.7, 1.8);
                default -> new Power(2);
              });
      case 3 ->
          new Signal.Markov(
              new double[] {0.2, 0.6, 1.7},
              new double[] {0.3, 0.4, 0.3},
              new double[] {0.7, 0.3, 0, 0.2, 0.6, 0.2, 0, 0.4, 0.6});
      case 4 ->
          new Signal.Independent(
              Discrete.of(new double[] {0, 0.5, 2}, new double[] {0.3, 0.5, 0.2}));
      case 5 -> new Signal.Independent(new Normal(0.4, 0.8));
      default -> new Signal.GaussianWalk(random.nextDouble(-0.3, 0.3), 0.3);
    };
  }
}
