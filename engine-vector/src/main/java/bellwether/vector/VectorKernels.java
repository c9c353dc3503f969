package bellwether.vector;

import bellwether.core.kernel.DenseKernels;
import bellwether.core.kernel.Kernels;
import bellwether.core.kernel.LatticeKernels;
import bellwether.core.kernel.ScalarKernels;
import jdk.incubator.vector.DoubleVector;

/** Every kernel with the Vector API, at the machine's preferred width. */
final class VectorKernels implements Kernels {
  private final LatticeKernels lattice = new VectorLattice();

  @Override
  public String name() {
    return "vector";
  }

  @Override
  public String description() {
    return "vector, " + DoubleVector.SPECIES_PREFERRED.vectorBitSize() + " bits";
  }

  @Override
  public DenseKernels dense() {
    return ScalarKernels.INSTANCE.dense();
  }

  @Override
  public LatticeKernels lattice() {
    return lattice;
  }
}
