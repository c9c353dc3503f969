package bellwether.vector;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * One loop over arrays, compiled on its own: C2 stops inlining the Vector API, and boxes vectors,
 * when it has inlined several such loops into their caller. It cannot inline what it does not know:
 * the method handle is in a field that is not final.
 */
final class Pass {
  private static final MethodHandle RUN = handle();

  @SuppressWarnings("FieldMayBeFinal")
  private MethodHandle loop;

  private Pass(MethodHandle loop) {
    this.loop = loop;
  }

  /** A loop that works on {@code length} numbers of each array. */
  @FunctionalInterface
  interface Loop {
    /** Runs; the length is a multiple of what registers hold. */
    void run(double[] a, int aOffset, double[] b, int bOffset, double[] c, int cOffset, int length);
  }

  private static MethodHandle handle() {
    try {
      MethodType type =
          MethodType.methodType(
              void.class,
              double[].class,
              int.class,
              double[].class,
              int.class,
              double[].class,
              int.class,
              int.class);
      return MethodHandles.lookup().findVirtual(Loop.class, "run", type);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("Loop has a method run", e);
    }
  }

  static Pass of(Loop loop) {
    return new Pass(RUN.bindTo(loop));
  }

  void run(double[] a, int aOffset, double[] b, int bOffset, double[] c, int cOffset, int length) {
    try {
      loop.invokeExact(a, aOffset, b, bOffset, c, cOffset, length);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
