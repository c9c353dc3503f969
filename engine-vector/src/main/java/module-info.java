/** The kernels of {@code bellwether.core} written with the Vector API, with the same bits. */
module bellwether.vector {
  requires static org.jspecify;
  requires bellwether.core;
  requires jdk.incubator.vector;

  provides bellwether.core.kernel.KernelProvider with
      bellwether.vector.VectorKernelProvider;
}
