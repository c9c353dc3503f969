package bellwether.core.path;

/**
 * A level, and when it is looked whether a path exceeds it.
 *
 * @param level finite
 * @param monitoring when
 */
public record Barrier(double level, Monitoring monitoring) {

  /** When paths are looked at. */
  public enum Monitoring {
    /** In all periods 0, 1, ... to the last of the times. */
    PERIODS,

    /** All the time, from 0 to the last of the times; only for {@link Bridged} processes. */
    CONTINUOUS,

    /** At the times of the study and no others. */
    TIMES,

    /** Whenever something arrives: whether some mark exceeds the level; for {@link Arrivals}. */
    LARGEST_MARK
  }

  /**
   * Checks the level.
   *
   * @throws IllegalArgumentException when it is not finite
   */
  public Barrier {
    Parameters.finite("barrier", level);
  }
}
