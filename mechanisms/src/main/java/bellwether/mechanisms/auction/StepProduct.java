package bellwether.mechanisms.auction;

import bellwether.core.bandit.RetirementSteps;
import bellwether.core.parallel.Workers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The integral of a product of step functions and of all products that leave one of them out, with
 * bidders of one arm and one map taken together.
 */
final class StepProduct {
  /** Stands for "leave nobody out". */
  static final int NOBODY = -1;

  private static final int NONE = -1;

  private final int[] groupOf;
  private final int[] memberOf;
  private final List<StepGroup> groups;
  private final StepGroup[] active;
  private final int[] activeNumber;
  private final double gain;
  private final double[][] rows;

  /**
   * Sweeps once.
   *
   * @param steps phi' of each bidder's arm
   * @param maps from its reward to the objective, one for each bidder
   * @param discount delta, in [0, 1)
   * @param bottom M0, the lower end of the integral
   * @param excluded a bidder to leave out, or {@link #NOBODY}
   * @param whole whether rows begin at the first breakpoint of a group, not at the first that
   *     matters
   * @param workers for the groups
   * @throws IllegalArgumentException when steps are not as {@link RetirementSteps} demands
   */
  StepProduct(
      RetirementSteps[] steps,
      AffineMap[] maps,
      double discount,
      double bottom,
      int excluded,
      boolean whole,
      Workers workers) {
    this.groupOf = new int[steps.length];
    this.memberOf = new int[steps.length];
    this.groups = new ArrayList<>();
    group(steps, maps, discount, excluded, whole);
    String[] problems = new String[groups.size()];
    workers.forEach(
        groups.size(),
        g -> {
          String problem = groups.get(g).prepare();
          problems[g] = problem == null ? "" : problem;
        });
    this.activeNumber = new int[groups.size()];
    List<StepGroup> above = new ArrayList<>();
    for (int g = 0; g < groups.size(); g++) {
      if (!problems[g].isEmpty()) {
        throw new IllegalArgumentException(problems[g]);
      }
      StepGroup group = groups.get(g);
      // Where the highest breakpoint is not above the outside option, every factor is 1.
      boolean matters = group.breakpoint(group.first()) > bottom;
      activeNumber[g] = matters ? above.size() : NONE;
      if (matters) {
        above.add(group);
      }
    }
    this.active = above.toArray(StepGroup[]::new);
    this.rows = new double[active.length][];
    if (active.length == 0) {
      this.gain = 0;
    } else {
      ProductSweep sweep = new ProductSweep(active, bottom);
      this.gain = sweep.gain();
      for (int g = 0; g < active.length; g++) {
        rows[g] = sweep.row(g);
      }
    }
  }

  /** Groups bidders in the order in which they are first seen. */
  private void group(
      RetirementSteps[] steps, AffineMap[] maps, double discount, int excluded, boolean whole) {
    Map<GroupKey, Integer> known = new HashMap<>();
    List<IdentityHashMap<double[], Integer>> knownMembers = new ArrayList<>();
    for (int i = 0; i < steps.length; i++) {
      if (i == excluded) {
        groupOf[i] = NONE;
        continue;
      }
      AffineMap map = maps[i];
      GroupKey key = new GroupKey(steps[i].breakpoints(), map);
      Integer g = known.get(key);
      if (g == null) {
        g = groups.size();
        known.put(key, g);
        knownMembers.add(new IdentityHashMap<>());
        groups.add(
            new StepGroup(
                steps[i].breakpoints(), map.scale(), map.shift() / (1 - discount), whole));
      }
      groupOf[i] = g;
      StepGroup group = groups.get(g);
      Integer member = knownMembers.get(g).get(steps[i].factors());
      if (member == null) {
        member = group.add(steps[i].factors(), i);
        knownMembers.get(g).put(steps[i].factors(), member);
      } else {
        group.repeat(member);
      }
      memberOf[i] = member;
    }
  }

  /** The integral of one minus the product: the welfare above M0. */
  double gain() {
    return gain;
  }

  /**
   * For each bidder, the integral of (1 - phi_i') times the product of the others: the welfare it
   * adds, W - W_-i.
   */
  double[] contributions(Workers workers) {
    double[][] ofMembers = new double[active.length][];
    workers.forEach(active.length, g -> ofMembers[g] = active[g].contributions(rows[g]));
    double[] result = new double[groupOf.length];
    for (int i = 0; i < result.length; i++) {
      if (isActive(i)) {
        result[i] = ofMembers[activeNumber[groupOf[i]]][memberOf[i]];
      }
    }
    return result;
  }

  /** Whether a bidder has a breakpoint above M0 and is not left out. */
  boolean isActive(int bidder) {
    return groupOf[bidder] != NONE && activeNumber[groupOf[bidder]] != NONE;
  }

  /** Whether a bidder is the only active one. */
  boolean isAlone(int bidder) {
    return active.length == 1
        && isActive(bidder)
        && active[0].members() == 1
        && active[0].power(0) == 1;
  }

  /** Which bidders are in one group with an active bidder: equal numbers, equal groups. */
  int group(int bidder) {
    return groupOf[bidder];
  }

  /** How many bidders an active bidder's member stands for. */
  int power(int bidder) {
    return groups.get(groupOf[bidder]).power(memberOf[bidder]);
  }

  /**
   * For each segment of an active bidder's group, the integral of the product of all other groups.
   */
  double[] row(int bidder) {
    return rows[activeNumber[groupOf[bidder]]];
  }

  /** One array instance and one map. */
  private record GroupKey(ByIdentity breakpoints, AffineMap map) {
    GroupKey(double[] breakpoints, AffineMap map) {
      this(new ByIdentity(breakpoints), map);
    }
  }

  /** An array that equals itself only. */
  private static final class ByIdentity {
    private final double[] array;

    ByIdentity(double[] array) {
      this.array = array;
    }

    @Override
    @SuppressWarnings("ReferenceEquality")
    public boolean equals(Object other) {
      return other instanceof ByIdentity that && array == that.array;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(array);
    }
  }
}
