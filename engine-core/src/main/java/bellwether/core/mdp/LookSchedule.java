package bellwether.core.mdp;

/**
 * After which sweeps of a product model to look at the bounds, and when to leave single precision.
 * A look reads h once more, up to half a sweep's time; the bounds close at a steady rate, so that
 * one can tell when they will be close enough.
 *
 * <p>In single precision they close until rounding keeps them apart. Rounding errors are about as
 * often up as down, so that a few sweeps in doubles average them away, and what closes slowly goes
 * on doing so unseen: it is worth some more sweeps at half the time.
 */
final class LookSchedule {
  /** Sweeps from one look at the bounds to the next, at most: at first, and later. */
  private static final int FIRST_BLIND = 8;

  private static final int MOST_BLIND = 32;

  /**
   * How far the bounds are sure to close in single precision: to this share of what rounding is
   * proved to stay below. It mostly stays below half of that share.
   */
  private static final double ROUGH = 1.0 / 16;

  /** Bounds that are further apart than this share close as they would without rounding. */
  private static final double STEADY = 1.0 / 8;

  /** How many times closer they get unseen: what is slow lies at about a sixtieth of rounding. */
  private static final double UNSEEN = 32;

  /** Sweeps in doubles that average away most of the rounding of those before. */
  private static final int AVERAGED = 4;

  private final SpanBounds bounds;
  private long looked;

  /** When doubles began, 0 if they were first. */
  private long refined;

  private long next = 1;

  /** By how much the logarithm of the bounds' distance fell in a sweep, when rounding was small. */
  private double steadyRate = 1;

  LookSchedule(SpanBounds bounds) {
    this.bounds = bounds;
  }

  /** Whether to look at a sweep. */
  boolean due(long sweep) {
    return sweep >= next;
  }

  /** After a look. */
  void look(long sweep, boolean rough) {
    double rate = -Math.log(bounds.ratio()) / (sweep - looked);
    double toGo = bounds.toGo();
    if (rough) {
      toGo = Math.min(toGo, bounds.toGo(ROUGH));
      steadyRate = rate > 0 && bounds.toGo(STEADY) > 1 ? rate : steadyRate;
    }
    // The whole part of that many sweeps is not too many.
    double sweeps = Math.log(toGo) / rate;
    // At first in doubles rounding of single precision fades, faster than the bounds close later.
    long most = Math.clamp(sweep - refined, refined > 0 ? AVERAGED : FIRST_BLIND, MOST_BLIND);
    next = sweep + (sweeps >= most ? most : Math.max(1, (long) sweeps));
    looked = sweep;
  }

  /** Whether rounding keeps the bounds of single precision apart. */
  boolean rounded() {
    return bounds.toGo(ROUGH) <= 1 || bounds.sinceLeast() > 0;
  }

  /** How many sweeps in single precision to make unseen, none of which looks. */
  long unseen(long sweep) {
    next = Long.MAX_VALUE;
    double sweeps = Math.log(Math.min(bounds.toGo(), UNSEEN)) / steadyRate;
    return (long) Math.clamp(sweeps, 0.0, (double) sweep);
  }

  /** After the last sweep in single precision. */
  void refine(long sweep) {
    refined = sweep;
    next = sweep + (bounds.converged() ? 1 : AVERAGED);
  }
}
