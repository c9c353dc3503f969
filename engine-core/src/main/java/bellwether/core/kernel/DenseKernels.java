package bellwether.core.kernel;

/** Kernels over dense arrays. */
public interface DenseKernels {}
