package bellwether.core.kernel;

/** The specification of every kernel, in plain Java. */
public final class ScalarKernels implements Kernels {
  /** The only instance: kernels have no state. */
  public static final ScalarKernels INSTANCE = new ScalarKernels();

  private final DenseKernels dense = new ScalarDense();
  private final LatticeKernels lattice = new ScalarLattice();
  private final ModeKernels modes = new ScalarModes();
  private final FloatModeKernels floatModes = new ScalarFloatModes();
  private final FunctionKernels functions = new ScalarFunctions();
  private final PathKernels paths = new ScalarPaths();

  private ScalarKernels() {}

  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public String description() {
    return "scalar";
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
