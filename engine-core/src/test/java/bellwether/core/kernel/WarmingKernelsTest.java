package bellwether.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
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

  /** Kernels that do nothing but count what is called. */
  private static <T> T counting(Class<T> kernels, AtomicInteger calls) {
    Object made =
        Proxy.newProxyInstance(
            kernels.getClassLoader(),
            new Class<?>[] {kernels},
            (self, method, arguments) -> {
              calls.incrementAndGet();
              if (method.getReturnType() == float.class) {
                return 0f;
              }
              return method.getReturnType() == double.class ? 0d : null;
            });
    return kernels.cast(made);
  }

  @Test
  void doublesWarmUpAfterFloats() throws InterruptedException {
    AtomicInteger floats = new AtomicInteger();
    AtomicInteger doubles = new AtomicInteger();
    WarmingModes modes =
        new WarmingModes(ScalarKernels.INSTANCE.modes(), counting(ModeKernels.class, doubles));
    WarmingFloatModes floatModes =
        new WarmingFloatModes(
            counting(FloatModeKernels.class, new AtomicInteger()),
            counting(FloatModeKernels.class, floats),
            modes);
    float[] none = {0};
    floatModes.raiseRewards(100, 0, none, none, none, 0, 1_000_000);
    assertThat(floats.get()).isZero();
    for (int i = 0; i < 10; i++) {
      floatModes.raiseRewards(100, 0, none, none, none, 0, 1_000_000);
    }
    for (int i = 0; i < 60_000 && doubles.get() == 0; i++) {
      Thread.sleep(1);
    }
    assertThat(doubles.get()).isPositive();
    assertThat(floats.get()).isGreaterThan(1_000);
  }

  @Test
  void goesByTheNameOfTheFastOnes() {
    Kernels kernels = new WarmingKernels(ScalarKernels.INSTANCE);
    assertThat(kernels.name()).isEqualTo("scalar");
    assertThat(kernels.description()).isEqualTo("scalar");
    assertThat(kernels.dense().dot(new double[] {2}, 0, new double[] {3}, 0, 1)).isEqualTo(6);
  }
}
