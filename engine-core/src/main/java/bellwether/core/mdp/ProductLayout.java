package bellwether.core.mdp;

/**
 * How a product model is laid out for sweeps; the answers differ by rounding only.
 *
 * @param row agents at the end are taken together as one until they have so many types
 * @param fused but not beyond so many types
 * @param block doubles of a piece of the joint vector that stays in the second cache
 * @param denseShare a last agent's matrix with a larger share of entries is dense
 * @param rough early sweeps are made in single precision from so many joint states on
 */
record ProductLayout(int row, int fused, int block, double denseShare, int rough) {
  /**
   * What is fast on machines with a second cache of 1 MiB. Solves of smaller models would save less
   * by single precision than it takes to compile its kernels in a machine that has just started.
   */
  static final ProductLayout DEFAULT = new ProductLayout(32, 128, 1 << 14, 0.2, 1 << 23);
}
