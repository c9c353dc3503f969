package bellwether.core.mdp;

/**
 * How blocks of {@link NeighbourGroups} are laid out, in doubles or floats.
 *
 * @param line numbers of a cache line
 * @param plain from blocks with the rows and columns of the joint vector
 * @param turned from turned ones
 * @param stored numbers of a block
 */
record BlockShape(int line, BlockSide plain, BlockSide turned, int stored) {
  static BlockShape of(int line, BlockSide[] sides) {
    BlockSide plain = sides[0];
    return new BlockShape(line, plain, sides[1], BlockSide.stored(plain.rows, plain.columns, line));
  }

  /** Numbers of an array with two slots a block. */
  static long slots(long blocks, int stored, int line) {
    return Workspace.origin(line) + 2 * blocks * stored;
  }

  /** Whether an array can have them. */
  static boolean fits(long blocks, int stored, int line) {
    return slots(blocks, stored, line) < Integer.MAX_VALUE - 8;
  }

  /** The same of this shape. */
  int slots(int blocks) {
    return Math.toIntExact(slots(blocks, stored, line));
  }

  /** Numbers of the averages over a block's rows. */
  int averaged() {
    return Math.max(plain.averaged(), turned.averaged());
  }
}
