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
final class BlockVectors extends JointVectors {
  /** Where the first slot begins, see {@link Workspace}. */
  private static final int ORIGIN = 6;

  private final ProductPlan plan;
  private final NeighbourGroups groups;
  private final int blocks;

  /** By block, how many parts of groups read it; those of its prefix times those of its type. */
  private final int[] readers;

  /** The slots; of a last sweep, the image by joint state goes to an array of its own. */
  private double[] array;

  private double[] natural = new double[0];

  /** By block: where it begins, and where its image does. */
  private int[] place;

  private int[] imagePlace;

  /** Slots that were free when the sweep began, and how many have been taken. */
  private int[] free = new int[0];

  private final AtomicInteger taken = new AtomicInteger();

  /** By block: readers that have still to come; no matter where blocks are kept. */
  private final AtomicIntegerArray left;

  private boolean reuse;

  BlockVectors(ProductPlan plan, NeighbourGroups groups) {
    this.plan = plan;
    this.groups = groups;
    blocks = plan.blocks;
    readers = groups.readers();
    left = new AtomicIntegerArray(blocks);
    array = new double[size(plan)];
    place = new int[blocks];
    imagePlace = new int[blocks];
    Arrays.setAll(place, b -> ORIGIN + b * plan.storedBlock);
  }

  /** Doubles of the array; more than an array can have where it does not fit. */
  static int size(ProductPlan plan) {
    return (int) size((long) plan.blocks, plan.storedBlock);
  }

  /** Whether an array can have the slots. */
  static boolean fits(long blocks, int storedBlock) {
    return size(blocks, storedBlock) < Integer.MAX_VALUE - 8;
  }

  private static long size(long blocks, int storedBlock) {
    return ORIGIN + 2 * blocks * storedBlock;
  }

  @Override
  void set(double[] v, double scale, double less) {
    for (int b = 0; b < blocks; b++) {
      for (int r = 0; r < plan.blockRows; r++) {
        int from = b * plan.blockSize + r * plan.rowLength;
        int to = place[b] + r * plan.storedRow;
        for (int t = 0; t < plan.rowLength; t++) {
          array[to + t] = scale * v[from + t] - less;
        }
      }
    }
  }

  @Override
  void begin(boolean bounds, boolean keep, boolean last) {
    reuse = !keep && !last;
    taken.set(0);
    if (last) {
      natural = new double[plan.model.states()];
      Arrays.setAll(imagePlace, b -> b * plan.blockSize);
      return;
    }
    boolean[] live = new boolean[2 * blocks];
    int unread = 0;
    for (int b = 0; b < blocks; b++) {
      int readings = readers[b] + (bounds ? 1 : 0);
      left.setPlain(b, readings);
      boolean dead = reuse && readings == 0;
      unread += dead ? 1 : 0;
      live[(place[b] - ORIGIN) / plan.storedBlock] = !dead;
    }
    free = new int[blocks + unread];
    int count = 0;
    for (int s = 0; s < live.length; s++) {
      if (!live[s]) {
        free[count++] = ORIGIN + s * plan.storedBlock;
      }
    }
  }

  NeighbourGroups groups() {
    return groups;
  }

  double[] array() {
    return array;
  }

  /** Where the image goes. */
  double[] target() {
    return natural.length > 0 ? natural : array;
  }

  /** How far rows of the image are apart. */
  int targetApart() {
    return natural.length > 0 ? plan.rowLength : plan.storedRow;
  }

  /** Where a block begins. */
  int place(int block) {
    return place[block];
  }

  /** One reader less of a block: whether it was the last, and the block's slot is the caller's. */
  boolean release(int block) {
    return reuse && left.decrementAndGet(block) == 0;
  }

  /**
   * Where a block of the image begins.
   *
   * @param released a slot of the caller's, or a negative number
   */
  int takePlace(int block, int released) {
    if (natural.length == 0) {
      imagePlace[block] = released < 0 ? free[taken.getAndIncrement()] : released;
    }
    return imagePlace[block];
  }

  @Override
  void takeImage() {
    int[] old = place;
    place = imagePlace;
    imagePlace = old;
  }

  @Override
  void mixImage(double stay, Team team) {
    team.forEach(
        blocks,
        b -> {
          int from = place[b];
          int to = imagePlace[b];
          for (int i = 0; i < plan.storedBlock; i++) {
            array[to + i] = Math.fma(stay, array[from + i] - array[to + i], array[to + i]);
          }
        });
  }

  @Override
  double[] image() {
    array = new double[0];
    return natural;
  }

  @Override
  double[] vector() {
    double[] v = new double[plan.model.states()];
    for (int b = 0; b < blocks; b++) {
      for (int r = 0; r < plan.blockRows; r++) {
        int to = b * plan.blockSize + r * plan.rowLength;
        System.arraycopy(array, place[b] + r * plan.storedRow, v, to, plan.rowLength);
      }
    }
    array = new double[0];
    return v;
  }
}
