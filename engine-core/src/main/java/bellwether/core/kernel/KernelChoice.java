package bellwether.core.kernel;

import java.util.ServiceLoader;

/** Chooses the kernels once for the life of the process. */
final class KernelChoice {
  private static final System.Logger LOG = System.getLogger("bellwether.kernels");

  /** Nanoseconds for one fused multiply-add that only software can need. */
  private static final long SOFTWARE_NANOS = 1_000;

  static final Kernels BEST = choose(System.getProperty("bellwether.kernels", "auto"));

  static {
    if (nanosOfFma() > SOFTWARE_NANOS) {
      LOG.log(
          System.Logger.Level.WARNING,
          "This processor has no fused multiply-add: results are the same, hundreds of times later");
    }
  }

  private KernelChoice() {}

  /**
   * The kernels that {@code wanted} names.
   *
   * @throws IllegalArgumentException when there is no such name
   * @throws UnsupportedOperationException when vector kernels are demanded and cannot be had
   */
  static Kernels choose(String wanted) {
    if (wanted.equals("scalar")) {
      return ScalarKernels.INSTANCE;
    }
    if (!wanted.equals("auto") && !wanted.equals("vector")) {
      throw new IllegalArgumentException(
          "bellwether.kernels must be scalar, vector or auto: " + wanted);
    }
    String reason = "the module bellwether.vector is not there";
    for (KernelProvider provider :
        ServiceLoader.load(KernelProvider.class, KernelProvider.class.getClassLoader())) {
      if (provider.name().equals("vector")) {
        try {
          Kernels fast = provider.create();
          return wanted.equals("auto") ? new WarmingKernels(fast) : fast;
        } catch (UnsupportedOperationException e) {
          reason = String.valueOf(e.getMessage());
        }
      }
    }
    if (wanted.equals("vector")) {
      throw new UnsupportedOperationException("No vector kernels: " + reason);
    }
    LOG.log(System.Logger.Level.WARNING, "Using scalar kernels, which are slower: {0}", reason);
    return ScalarKernels.INSTANCE;
  }

  /** The least of a few short measurements: an interpreter that uses the instruction takes 50. */
  private static long nanosOfFma() {
    long least = Long.MAX_VALUE;
    double x = 1;
    for (int batch = 0; batch < 3; batch++) {
      long start = System.nanoTime();
      for (int i = 0; i < 50; i++) {
        x = Math.fma(x, 0.999, 1e-3);
      }
      least = Math.min(least, (System.nanoTime() - start) / 50);
    }
    return x > 2 ? 0 : least;
  }
}
