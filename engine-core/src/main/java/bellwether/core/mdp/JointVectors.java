package bellwether.core.mdp;

import bellwether.core.parallel.Team;

/** A vector over joint states and its image under a sweep, as the sweeps of a plan keep them. */
abstract sealed class JointVectors permits PlainVectors, BlockVectors {
  /** Doubles of a piece of a loop over states. */
  private static final int PIECE = 1 << 16;

  /** What is done to states from one to before another. */
  interface Range {
    void run(int from, int to);
  }

  /** Vectors of zeros for a plan. */
  static JointVectors of(ProductPlan plan) {
    NeighbourGroups groups = plan.groups;
    return groups == null ? new PlainVectors(plan.model.states()) : new DoubleSlots(plan, groups);
  }

  static void forEachRange(Team team, int n, Range range) {
    int count = (int) (((long) n + PIECE - 1) / PIECE);
    team.forEach(count, i -> range.run(i * PIECE, (int) Math.min(n, (i + 1L) * PIECE)));
  }

  /** Sets the vector to scale (v - less), v by joint state. */
  abstract void set(double[] v, double scale, double less);

  /**
   * Before a sweep.
   *
   * @param bounds whether the sweep looks at the vector beside the image, state by state
   * @param keep whether the vector is needed after the sweep
   */
  abstract void begin(boolean bounds, boolean keep);

  /** The image becomes the vector. */
  abstract void takeImage();

  /** The image becomes fma(stay, vector - image, image), for a vector that was kept. */
  abstract void mixImage(double stay, Team team);

  /** The vector by joint state; the last that is asked for. */
  abstract double[] vector(Team team);
}
