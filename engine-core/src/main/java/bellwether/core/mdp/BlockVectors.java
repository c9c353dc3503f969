package bellwether.core.mdp;

import bellwether.core.parallel.Team;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * The vector and its image in one array of slots, a block each, with twice as many slots as blocks.
 * A block of the image goes where a block was that nothing will read any more in this sweep, if the
 * thread has just read such a one: that slot is in the second cache, so that memory need not fetch
 * what is overwritten, a third of its traffic otherwise. Where a block lies changes no number.
 *
 * <p>Rows have room up to a cache line where that costs little, and the array begins so that they
 * lie at cache lines, as in {@link Workspace}.
 */
abstract sealed class BlockVectors extends JointVectors permits DoubleSlots, FloatSlots {
  final ProductPlan plan;
  final NeighbourGroups groups;
  final int blocks;

  /** How blocks are laid out, and the first slot's place. */
  final BlockShape shape;

  private final int origin;

  /** By block, how many parts of groups read it; those of its prefix times those of its type. */
  private final int[] readers;

  /** Whether the blocks of the vector are turned, rows to columns. */
  private boolean turned;

  /** By block: where it begins, and where its image does. */
  private int[] place;

  private int[] imagePlace;

  /** Slots that were free when the sweep began, and how many have been taken. */
  private int[] free = new int[0];

  private final AtomicInteger taken = new AtomicInteger();

  /** By block: readers that have still to come. */
  private final AtomicIntegerArray left;

  private boolean reuse;

  /** Types of rows and columns by their place. */
  private final int[] rowType;

  private final int[] columnType;

  BlockVectors(ProductPlan plan, NeighbourGroups groups, BlockShape shape) {
    this.plan = plan;
    this.groups = groups;
    this.shape = shape;
    origin = Workspace.origin(shape.line());
    blocks = plan.blocks;
    readers = groups.readers();
    left = new AtomicIntegerArray(blocks);
    rowType = inverse(groups.rowPlace);
    columnType = inverse(groups.columnPlace);
    place = new int[blocks];
    imagePlace = new int[blocks];
    Arrays.setAll(place, b -> origin + b * shape.stored());
  }

  private static int[] inverse(int[] place) {
    int[] type = new int[place.length];
    for (int t = 0; t < place.length; t++) {
      type[place[t]] = t;
    }
    return type;
  }

  /** Something for each state of a block. */
  interface StateAction {
    /** Does it to a state and where it is in the array. */
    void run(int state, int at);
  }

  final void forEachState(int block, StateAction action) {
    int apart = side().apart;
    for (int r = 0; r < plan.blockRows; r++) {
      int state = block * plan.blockSize + r * plan.rowLength;
      int row = groups.rowPlace[r];
      for (int t = 0; t < plan.rowLength; t++) {
        int column = groups.columnPlace[t];
        int at = turned ? column * apart + row : row * apart + column;
        action.run(state + t, place[block] + at);
      }
    }
  }

  @Override
  final void begin(boolean bounds, boolean keep) {
    reuse = !keep;
    taken.set(0);
    boolean[] live = new boolean[2 * blocks];
    int unread = 0;
    for (int b = 0; b < blocks; b++) {
      int readings = readers[b] + (bounds ? 1 : 0);
      left.setPlain(b, readings);
      boolean dead = reuse && readings == 0;
      unread += dead ? 1 : 0;
      live[(place[b] - origin) / shape.stored()] = !dead;
    }
    free = new int[blocks + unread];
    int count = 0;
    for (int s = 0; s < live.length; s++) {
      if (!live[s]) {
        free[count++] = origin + s * shape.stored();
      }
    }
  }

  final NeighbourGroups groups() {
    return groups;
  }

  /** The state at a row and a column of a block of the image. */
  final int state(int block, int row, int column) {
    int r = rowType[turned ? row : column];
    int t = columnType[turned ? column : row];
    return block * plan.blockSize + r * plan.rowLength + t;
  }

  /** Which way the sweep goes. */
  final BlockSide side() {
    return turned ? shape.turned() : shape.plain();
  }

  /** Where a block begins. */
  final int place(int block) {
    return place[block];
  }

  /** One reader less of a block: whether it was the last, and the block's slot is the caller's. */
  final boolean release(int block) {
    return reuse && left.decrementAndGet(block) == 0;
  }

  /**
   * Where a block of the image begins.
   *
   * @param released a slot of the caller's, or a negative number
   */
  final int takePlace(int block, int released) {
    int to = released < 0 ? free[taken.getAndIncrement()] : released;
    imagePlace[block] = to;
    return to;
  }

  @Override
  final void takeImage() {
    int[] old = place;
    place = imagePlace;
    imagePlace = old;
    turned = !turned;
  }

  @Override
  final void mixImage(double stay, Team team) {
    BlockSide side = side();
    team.forEach(
        blocks,
        b -> {
          for (int i = 0; i < side.columns; i++) {
            int to = imagePlace[b] + i * side.imageApart;
            mix(stay, side.rows, place[b] + i, side.apart, to);
          }
        });
  }

  /** {@link #mixImage} for a row of a block of the image and a column of the vector's. */
  abstract void mix(double stay, int count, int from, int apart, int to);

  /** Lies as another vector does, block by block, each in the first slots. */
  final void lieAs(BlockVectors other) {
    turned = other.turned;
  }
}
