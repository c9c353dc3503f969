package bellwether.core.path;

import bellwether.core.distribution.Distribution;

/** Draws one number a path from a distribution. */
@FunctionalInterface
public interface Sampler {

  /** Fills {@code out}, for every path, with draws that take the block's next numbers. */
  void draw(PathBlock block, double[] out);

  /** Independent draws from {@code distribution}, each from one normal or uniform number. */
  static Sampler of(Distribution distribution) {
    return DistributionSampler.of(distribution);
  }
}
