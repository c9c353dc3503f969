package bellwether.core.kernel;

/** Kernels over one layer of a posterior lattice. */
public interface LatticeKernels {}
