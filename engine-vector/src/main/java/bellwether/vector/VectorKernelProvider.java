package bellwether.vector;

import bellwether.core.kernel.KernelProvider;
import bellwether.core.kernel.Kernels;

/**
 * Offers the Vector API kernels where the machine and the command line allow them. No class of the
 * Vector API is touched before the guards below have passed.
 */
public final class VectorKernelProvider implements KernelProvider {

  @Override
  public String name() {
    return "vector";
  }

  @Override
  public Kernels create() {
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      throw new UnsupportedOperationException(
          "the Vector API module is not there: start java with --add-modules jdk.incubator.vector");
    }
    return VectorKernels.atPreferredWidth();
  }
}
