package bellwether.core.path;

import bellwether.core.distribution.Discrete;
import bellwether.core.distribution.Distribution;
import bellwether.core.distribution.Exponential;
import bellwether.core.distribution.Kumaraswamy;
import bellwether.core.distribution.Lognormal;
import bellwether.core.distribution.Normal;
import bellwether.core.distribution.Power;
import bellwether.core.distribution.Uniform;
import bellwether.core.kernel.FunctionKernels;
import java.util.Arrays;

/** Quantile functions of whole blocks. All rise, so that mirrored and spread numbers stay so. */
final class DistributionSampler {
  private DistributionSampler() {}

  /** Turns uniform numbers into draws, both in arrays of their own. */
  @FunctionalInterface
  private interface Quantile {
    void fill(PathBlock block, double[] uniform, double[] out);
  }

  /** Scratch arrays from here on are the samplers': processes use those below. */
  private static final int SCRATCH = 8;

  static Sampler of(Distribution distribution) {
    return switch (distribution) {
      case Normal normal -> normal(normal.mean(), normal.sd());
      case Lognormal lognormal -> lognormal(lognormal.mu(), lognormal.sigma());
      case Uniform uniform -> {
        double low = uniform.low();
        double width = uniform.high() - low;
        yield (block, out) -> {
          block.uniforms(out);
          for (int p = 0; p < block.paths(); p++) {
            out[p] = Math.fma(width, out[p], low);
          }
        };
      }
      case Exponential exponential -> exponential(exponential.rate());
      case Power power -> uniform((block, u, out) -> power(block, u, 1 / power.exponent(), out));
      case Kumaraswamy kumaraswamy -> kumaraswamy(1 / kumaraswamy.a(), 1 / kumaraswamy.b());
      case Discrete discrete -> discrete(discrete);
      default ->
          uniform(
              (block, u, out) -> {
                for (int p = 0; p < block.paths(); p++) {
                  out[p] = distribution.quantile(u[p]);
                }
              });
    };
  }

  private static Sampler uniform(Quantile quantile) {
    return (block, out) -> {
      double[] uniform = block.scratch(SCRATCH);
      block.uniforms(uniform);
      quantile.fill(block, uniform, out);
    };
  }

  private static Sampler normal(double mean, double sd) {
    return (block, out) -> {
      block.normals(out);
      for (int p = 0; p < block.paths(); p++) {
        out[p] = Math.fma(sd, out[p], mean);
      }
    };
  }

  private static Sampler lognormal(double mu, double sigma) {
    return (block, out) -> {
      double[] z = block.scratch(SCRATCH);
      block.normals(z);
      for (int p = 0; p < block.paths(); p++) {
        z[p] = Math.fma(sigma, z[p], mu);
      }
      block.kernels().functions().exp(z, 0, out, 0, block.paths());
    };
  }

  /** -ln(1 - u) / rate. */
  private static Sampler exponential(double rate) {
    return uniform(
        (block, u, out) -> {
          int paths = block.paths();
          for (int p = 0; p < paths; p++) {
            u[p] = 1 - u[p];
          }
          block.kernels().functions().log(u, 0, out, 0, paths);
          for (int p = 0; p < paths; p++) {
            out[p] = -out[p] / rate;
          }
        });
  }

  /** out = u^exponent; takes the next scratch array. */
  private static void power(PathBlock block, double[] u, double exponent, double[] out) {
    int paths = block.paths();
    double[] logarithm = block.scratch(SCRATCH + 1);
    FunctionKernels functions = block.kernels().functions();
    functions.log(u, 0, logarithm, 0, paths);
    for (int p = 0; p < paths; p++) {
      logarithm[p] *= exponent;
    }
    functions.exp(logarithm, 0, out, 0, paths);
  }

  /** (1 - (1 - u)^(1/b))^(1/a). */
  private static Sampler kumaraswamy(double overA, double overB) {
    return uniform(
        (block, u, out) -> {
          int paths = block.paths();
          for (int p = 0; p < paths; p++) {
            u[p] = 1 - u[p];
          }
          power(block, u, overB, out);
          for (int p = 0; p < paths; p++) {
            u[p] = 1 - out[p];
          }
          power(block, u, overA, out);
        });
  }

  private static Sampler discrete(Discrete discrete) {
    int n = discrete.size();
    double[] value = new double[n];
    double[] cumulative = new double[n];
    for (int i = 0; i < n; i++) {
      value[i] = discrete.value(i);
      cumulative[i] = discrete.cumulative(value[i]);
    }
    return uniform(
        (block, u, out) -> {
          for (int p = 0; p < block.paths(); p++) {
            int at = Arrays.binarySearch(cumulative, u[p]);
            out[p] = value[Math.min(at >= 0 ? at : -at - 1, n - 1)];
          }
        });
  }
}
