package bellwether.core.kernel;

/**
 * A source of {@link Kernels}, found by {@link java.util.ServiceLoader}. A provider must be
 * loadable on every machine: it looks at what the machine has only when asked.
 */
public interface KernelProvider {

  /** The name that {@code -Dbellwether.kernels=} selects, for example {@code vector}. */
  String name();

  /**
   * The kernels of this provider.
   *
   * @throws UnsupportedOperationException with one human sentence when this machine cannot run them
   */
  Kernels create();
}
