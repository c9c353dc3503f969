package bellwether.core.path;

/**
 * How a number of paths is made of blocks.
 *
 * @param paths whole units, at most as many paths as asked for
 */
record Blocks(Design design, int shifts, long paths) {

  /** The most whole units within {@code most} paths. */
  static Blocks within(PathOptions options, long most) {
    long unit =
        switch (options.design()) {
          case INDEPENDENT -> 1;
          case ANTITHETIC -> 2;
          case STRATIFIED -> PathBlock.SIZE;
          case SOBOL -> options.shifts();
        };
    return new Blocks(options.design(), options.shifts(), most / unit * unit);
  }

  /** Paths that make only full blocks, as many as keep those done full: at least {@code wanted}. */
  static long full(PathOptions options, double wanted) {
    long step =
        options.design() == Design.SOBOL
            ? (long) options.shifts() * PathBlock.SIZE
            : PathBlock.SIZE;
    double steps = Math.ceil(Math.min(wanted, (double) PathOptions.MOST_PATHS) / step);
    return ((long) steps) * step;
  }

  private boolean sobol() {
    return design == Design.SOBOL;
  }

  long count() {
    return sobol() ? shifts * blocksOf(paths / shifts) : blocksOf(paths);
  }

  private static long blocksOf(long n) {
    return (n + PathBlock.SIZE - 1) / PathBlock.SIZE;
  }

  /** The shift of a block of Sobol's points: those of all shifts grow together. */
  int shift(long block) {
    return sobol() ? (int) (block % shifts) : 0;
  }

  /** The number of a block's first point. */
  long point(long block) {
    return sobol() ? block / shifts * PathBlock.SIZE : 0;
  }

  /** The paths of a block. */
  int size(long block) {
    long left = sobol() ? paths / shifts - point(block) : paths - block * PathBlock.SIZE;
    return (int) Math.min(PathBlock.SIZE, left);
  }
}
