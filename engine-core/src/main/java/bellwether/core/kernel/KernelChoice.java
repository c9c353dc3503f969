package bellwether.core.kernel;

import java.util.ServiceLoader;

/** Chooses the kernels once for the life of the process. */
final class KernelChoice {
  private static final System.Logger LOG = System.getLogger("bellwether.kernels");

  static final Kernels BEST = choose(System.getProperty("bellwether.kernels", "auto"));

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
          return provider.create();
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
}
