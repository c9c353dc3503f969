package bellwether.core.kernel;

/** The specification of {@link DenseKernels}. */
final class ScalarDense implements DenseKernels {}
