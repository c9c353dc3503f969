package bellwether.core.kernel;

/** Fast kernels that let the scalar ones work until they are compiled, group by group. */
final class WarmingKernels implements Kernels {
  private final Kernels fast;
  private final DenseKernels dense;
  private final LatticeKernels lattice;
  private final WarmingModes modes;
  private final FloatModeKernels floatModes;
  private final FunctionKernels functions;
  private final PathKernels paths;

  WarmingKernels(Kernels fast) {
    this.fast = fast;
    Kernels slow = ScalarKernels.INSTANCE;
    dense = new WarmingDense(slow.dense(), fast.dense());
    lattice = new WarmingLattice(slow.lattice(), fast.lattice());
    modes = new WarmingModes(slow.modes(), fast.modes());
    floatModes = new WarmingFloatModes(slow.floatModes(), fast.floatModes(), modes);
    functions = new WarmingFunctions(slow.functions(), fast.functions());
    paths = new WarmingPaths(slow.paths(), fast.paths());
  }

  @Override
  public String name() {
    return fast.name();
  }

  @Override
  public String description() {
    return fast.description();
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
