package bellwether.core.mdp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Schedules for bounds that close at a steady rate, with a floor while precision is single. */
class LookScheduleTest {
  private static final double DISCOUNT = 0.95;
  private static final double ROUGH_RHO = 1e-6;
  private static final double FLOOR = ROUGH_RHO / 30;

  /** What a solve does whose span falls by a rate, in single precision not below a floor. */
  private static long[] solve(double rate, double tolerance, boolean single) {
    SpanBounds bounds = new SpanBounds(DISCOUNT, 1, tolerance);
    LookSchedule looks = new LookSchedule(bounds);
    boolean rough = single;
    long end = Long.MAX_VALUE;
    long refined = 0;
    long count = 0;
    for (long sweep = 1; sweep < 100_000; sweep++) {
      double slow = Math.exp(-rate * (double) sweep);
      if (looks.due(sweep)) {
        count++;
        double fading = single && !rough ? FLOOR * Math.pow(0.5, (double) (sweep - refined)) : 0;
        double span = rough ? Math.hypot(slow, FLOOR) : Math.hypot(slow, fading);
        bounds.take(-span / 2, span / 2, rough ? ROUGH_RHO : 1e-15, 1);
        looks.look(sweep, rough);
        if (rough) {
          end = looks.roughEnd(sweep);
        } else if (bounds.converged()) {
          return new long[] {sweep, refined, count};
        }
      }
      if (rough && sweep >= end) {
        rough = false;
        refined = sweep;
        looks.refine(sweep);
      }
    }
    throw new AssertionError("no end");
  }

  @ParameterizedTest(name = "rate {0}, tolerance {1}")
  @CsvSource({
    "0.5, 1e-6",
    "0.2, 1e-6",
    "0.05, 1e-6",
    "0.01, 1e-6",
    "0.2, 1e-9",
    "0.05, 1e-9",
    "0.05, 1e-2",
    "0.2, 1e-3",
    "0.003, 1e-7"
  })
  void fewSweepsAndLooksAreTooMany(double rate, double tolerance) {
    long least = (long) Math.ceil(Math.log(19 / tolerance / 2) / rate);
    long[] exact = solve(rate, tolerance, false);
    assertThat(exact[0]).isBetween(least, least + 2);
    long[] rough = solve(rate, tolerance, true);
    assertThat(rough[0]).isBetween(least, least + least / 20 + 12);
    // Rounding is some 1e-6 of 1, and what is slow goes on to a thirtieth of what is seen.
    double unseen = Math.max(tolerance, 19 * ROUGH_RHO * 1e-3);
    assertThat(rough[1]).isGreaterThan((long) (0.85 * Math.log(19 / unseen / 2) / rate) - 10);
    for (long looks : new long[] {exact[2], rough[2]}) {
      assertThat(looks).isLessThan(12 + least / 32);
    }
  }
}
