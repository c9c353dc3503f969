package bellwether.core.kernel;

/**
 * The few hot loops over primitive arrays that everything else is made of, in groups by subject.
 *
 * <p>Every implementation returns the same bits for the same arguments, at every vector width, cold
 * or compiled: {@link ScalarKernels} is the specification. Fused multiply-add is meant wherever a
 * formula says {@code fma}. Arguments are checked by the callers; kernels only assert.
 */
public interface Kernels {

  /** The name of the provider: {@code scalar} or {@code vector}. */
  String name();

  /** One sentence on what these kernels run on, for manifests: {@code vector, 512 bits}. */
  String description();

  /** Dense linear algebra. */
  DenseKernels dense();

  /** Backward recursions on posterior lattices. */
  LatticeKernels lattice();

  /** Rows of tensors of values. */
  ModeKernels modes();

  /** Rows of tensors of values in single precision. */
  FloatModeKernels floatModes();

  /** Elementary functions. */
  FunctionKernels functions();

  /** Random numbers and sums over paths. */
  PathKernels paths();

  /**
   * The fastest kernels present, or those that {@code -Dbellwether.kernels} asks for. With {@code
   * auto}, the default, scalar kernels work until the fast ones are compiled, which a job of less
   * than a second is not worth.
   */
  static Kernels best() {
    return KernelChoice.BEST;
  }

  /**
   * The kernels called {@code name}: {@code scalar}, {@code vector} or {@code auto}.
   *
   * @throws IllegalArgumentException when there is no such name
   * @throws UnsupportedOperationException when vector kernels cannot be had, with the reason
   */
  static Kernels named(String name) {
    return KernelChoice.choose(name);
  }
}
