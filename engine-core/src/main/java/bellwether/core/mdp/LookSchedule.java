package bellwether.core.mdp;

/**
 * After which sweeps of a product model to look at the bounds, and when to leave single precision.
 * A look reads h once more, up to half a sweep's time; the bounds close at a steady rate, so that
 * one can tell when they will be close enough.
 *
 * <p>In single precision they close until rounding keeps them apart. Rounding errors are about as
 * often up as down, so that a few sweeps in doubles average them away, and what closes slowly goes
 * on doing so unseen. So looks stop when rounding is near, and sweeps in single precision go on
 * until what is slow must be as close as they bring it, or as was asked.
 */
final class LookSchedule {
  /** Sweeps from one look at the bounds to the next, at most: at first, and later. */
  private static final int FIRST_BLIND = 8;

  private static final int MOST_BLIND = 32;

  /**
   * Bounds that are further apart than this share of what rounding is proved to stay below close as
   * they would without rounding, which mostly stays below a third of that.
   */
  private static final double STEADY = 1.0 / 8;

  /**
   * Bounds that are not further apart than this many times {@link #STEADY} are as good as there.
   */
  private static final double NEAR = 1.5;

  /** To which share what is slow gets closer unseen. */
  private static final double UNSEEN = 1e-3;

  /** Sweeps in doubles that average away most of the rounding of those before. */
  private static final int AVERAGED = 4;

  private final SpanBounds bounds;
  private long looked;
  private long next = 1;

  /** When doubles began, 0 if they were first. */
  private long refined;

  /** When the bounds would be close enough, as they closed while rounding was small. */
  private double steadyEnd;

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
      if (rate > 0 && bounds.toRounding(STEADY) > 1) {
        steadyEnd =
            sweep + Math.log(Math.min(bounds.toTolerance(), bounds.toRounding(UNSEEN))) / rate;
      }
      toGo = Math.min(toGo, bounds.toRounding(STEADY));
    }
    // The whole part of that many sweeps is not too many.
    double sweeps = Math.log(toGo) / rate;
    // At first in doubles rounding of single precision fades, faster than the bounds close later.
    long most = Math.clamp(sweep - refined, refined > 0 ? AVERAGED : FIRST_BLIND, MOST_BLIND);
    next = sweep + (sweeps >= most ? most : Math.max(1, (long) sweeps));
    looked = sweep;
  }

  /**
   * After a look in single precision: the sweep after which to go on in doubles, when that is
   * known, and then there are no more looks before it; else {@link Long#MAX_VALUE}.
   */
  long roughEnd(long sweep) {
    if (bounds.converged()) {
      return sweep;
    }
    if (bounds.toRounding(STEADY) > NEAR && bounds.sinceLeast() == 0) {
      return Long.MAX_VALUE;
    }
    next = Long.MAX_VALUE;
    // Not more than as many again: rates may be wrong.
    return (long) Math.clamp(steadyEnd, (double) sweep, 2.0 * sweep);
  }

  /** After the last sweep in single precision. */
  void refine(long sweep) {
    refined = sweep;
    next = sweep + (bounds.converged() ? 1 : AVERAGED);
  }
}
