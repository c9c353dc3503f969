package bellwether.core.path;

/** How the random numbers of different paths belong together. */
public enum Design {
  /** Not at all: every path is a unit of its own. */
  INDEPENDENT,

  /**
   * In pairs: the second path has -z where the first has the normal number z, and 1 - u where it
   * has the uniform number u. A unit is a pair.
   */
  ANTITHETIC,

  /**
   * The first number of the 1024 paths of a block is stratified, one in each of 1024 intervals of
   * equal probability; the others are independent. A unit is a block.
   */
  STRATIFIED,

  /**
   * Sobol's points with random digital shifts: the k-th number of a path is a point's k-th
   * coordinate; beyond the thousandth they are independent. A unit is all paths of a shift.
   */
  SOBOL
}
