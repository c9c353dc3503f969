package bellwether.core.kernel;

/** The specification of {@link LatticeKernels}. */
final class ScalarLattice implements LatticeKernels {}
