package bellwether.vector;

import bellwether.core.kernel.DenseKernels;
import bellwether.core.kernel.FloatModeKernels;
import bellwether.core.kernel.FunctionKernels;
import bellwether.core.kernel.Kernels;
import bellwether.core.kernel.LatticeKernels;
import bellwether.core.kernel.ModeKernels;
import bellwether.core.kernel.PathKernels;
import jdk.incubator.vector.DoubleVector;

/** Every kernel with the Vector API, at the machine's preferred width. */
final class VectorKernels implements Kernels {
  private final DenseKernels dense = new VectorDense();
  private final LatticeKernels lattice = new VectorLattice();
  private final ModeKernels modes = new VectorModes();
  private final FloatModeKernels floatModes = new VectorFloatModes();
  private final FunctionKernels functions = new VectorFunctions();
  private final PathKernels paths = new VectorPaths();

  /**
   * The kernels, where registers hold two, four or eight doubles.
   *
   * @throws UnsupportedOperationException where they hold another number
   */
  static VectorKernels atPreferredWidth() {
    int lanes = DoubleVector.SPECIES_PREFERRED.length();
    if (lanes != 2 && lanes != 4 && lanes != 8) {
      throw new UnsupportedOperationException(
          "vector registers of " + 64 * lanes + " bits are not supported, 128 to 512 are");
    }
    return new VectorKernels();
  }

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
    return dense;
  }

  @Override
  public LatticeKernels lattice() {
    return lattice;
  }

  @Override
  public ModeKernels modes() {
    return modes;
  }

  @Override
  public FloatModeKernels floatModes() {
    return floatModes;
  }

  @Override
  public FunctionKernels functions() {
    return functions;
  }

  @Override
  public PathKernels paths() {
    return paths;
  }
}
