package bellwether.vector;

/**
 * One loop over arrays, compiled on its own: C2 stops inlining the Vector API, and boxes vectors,
 * when it has inlined several such loops into their caller. A call that has met three and more of
 * them is not inlined.
 */
@FunctionalInterface
interface Pass {

  /** Works on {@code length} numbers of each array, a multiple of what registers hold. */
  void run(double[] a, int aOffset, double[] b, int bOffset, double[] c, int cOffset, int length);

  /** The one place that calls passes. */
  static void call(
      Pass pass, double[] a, int aOffset, double[] b, int bOffset, double[] c, int cOffset, int n) {
    pass.run(a, aOffset, b, bOffset, c, cOffset, n);
  }
}
