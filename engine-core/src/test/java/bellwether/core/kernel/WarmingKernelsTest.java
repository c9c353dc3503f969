package bellwether.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WarmingKernelsTest {

  /** Lattice kernels that say when they are called for real: lengths that no warm-up has. */
  private static final class Spy implements LatticeKernels {
    private static final int REAL = 5_000;
    private final AtomicInteger calls = new AtomicInteger();

    @Override
    public void bernoulliLayer(
        double discount,
        double charge,
        double slope,
        double origin,
        double[] value,
        double[] time,
        int from,
        int to) {
      if (to >= REAL) {
        calls.incrementAndGet();
      }
    }

    @Override
    public void bernoulliLanes(
        double discount,
        double[] lanes,
        double[] low,
        double[] time,
        double[] high,
        int from,
        int to) {
      if (to >= REAL) {
        calls.incrementAndGet();
      }
    }
  }

  @Test
  void changesToTheFastOnesAfterEnoughWork() throws InterruptedException {
    Spy slow = new Spy();
    Spy fast = new Spy();
    WarmingLattice lattice = new WarmingLattice(slow, fast);
    double[] array = new double[Spy.REAL + 1];
    lattice.bernoulliLayer(0.5, 0, 0, 0, array, array, 0, Spy.REAL);
    assertThat(slow.calls.get()).isEqualTo(1);
    assertThat(fast.calls.get()).isZero();
    for (int i = 0; i < 600_000 && fast.calls.get() == 0; i++) {
      lattice.bernoulliLayer(0.5, 0, 0, 0, array, array, 0, Spy.REAL);
      if (i > 20_000) {
        Thread.sleep(1);
      }
    }
    assertThat(slow.calls.get()).isGreaterThan(9_000);
    assertThat(fast.calls.get()).isEqualTo(1);
  }

  @Test
  void smallJobsNeverStartTheWarmUp() {
    Spy fast = new Spy();
    WarmingLattice lattice = new WarmingLattice(new Spy(), fast);
    double[] array = new double[Spy.REAL + 1];
    for (int i = 0; i < 9_000; i++) {
      lattice.bernoulliLayer(0.5, 0, 0, 0, array, array, 0, Spy.REAL);
    }
    assertThat(fast.calls.get()).isZero();
  }

  @Test
  void goesByTheNameOfTheFastOnes() {
    Kernels kernels = new WarmingKernels(ScalarKernels.INSTANCE);
    assertThat(kernels.name()).isEqualTo("scalar");
    assertThat(kernels.description()).isEqualTo("scalar");
    assertThat(kernels.dense().dot(new double[] {2}, 0, new double[] {3}, 0, 1)).isEqualTo(6);
  }
}
