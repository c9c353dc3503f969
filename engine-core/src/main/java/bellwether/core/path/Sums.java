package bellwether.core.path;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Sums over units of features (less their centers) and of products: of a group of blocks, or of
 * all. What belongs to a shift of Sobol's points is summed by shift, for the shift is the unit.
 */
final class Sums {
  /**
   * Of a feature f: f, f^2, f c with the control c; of a product q of x and y: q, q^2, q x, q y.
   */
  static final int EACH = 4;

  final double[] feature;
  final double[] pair;

  /** Of a pair: x y of units, where these are not the paths; else it would be q. */
  final double[] cross;

  final long[] notFinite;
  final int shifts;

  /** By shift: the sums of the features, then of the products. */
  final double[] byShift;

  final long[] shiftPaths;
  long paths;
  long units;

  Sums(Features features, int shifts) {
    feature = new double[EACH * features.count];
    pair = new double[EACH * features.pairs];
    cross = new double[features.pairs];
    notFinite = new long[features.count];
    this.shifts = shifts;
    byShift = new double[shifts * (features.count + features.pairs)];
    shiftPaths = new long[shifts];
  }

  void clear() {
    Arrays.fill(feature, 0);
    Arrays.fill(pair, 0);
    Arrays.fill(cross, 0);
    Arrays.fill(notFinite, 0);
    Arrays.fill(byShift, 0);
    Arrays.fill(shiftPaths, 0);
    paths = 0;
    units = 0;
  }

  void add(Sums other) {
    add(feature, other.feature);
    add(pair, other.pair);
    add(cross, other.cross);
    add(byShift, other.byShift);
    for (int i = 0; i < notFinite.length; i++) {
      notFinite[i] += other.notFinite[i];
    }
    for (int i = 0; i < shiftPaths.length; i++) {
      shiftPaths[i] += other.shiftPaths[i];
    }
    paths += other.paths;
    units += other.units;
  }

  private static void add(double[] to, double[] more) {
    for (int i = 0; i < to.length; i++) {
      to[i] += more[i];
    }
  }

  /** The sums with every shift a unit, itself where there are none. */
  Sums byUnits(Features features) {
    if (shifts == 0) {
      return this;
    }
    Sums sums = new Sums(features, 0);
    sums.paths = paths;
    System.arraycopy(notFinite, 0, sums.notFinite, 0, notFinite.length);
    int row = features.count + features.pairs;
    double[] f = new double[row];
    for (int s = 0; s < shifts; s++) {
      if (shiftPaths[s] == 0) {
        continue;
      }
      for (int k = 0; k < row; k++) {
        f[k] = byShift[s * row + k] / shiftPaths[s];
      }
      sums.addUnit(features, f);
    }
    return sums;
  }

  /** One unit more. */
  void addUnit(Features features, double[] f) {
    units++;
    double c = features.control < 0 ? 0 : f[features.control];
    for (int k = 0; k < features.count; k++) {
      feature[EACH * k] += f[k];
      feature[EACH * k + 1] = Math.fma(f[k], f[k], feature[EACH * k + 1]);
      feature[EACH * k + 2] = Math.fma(f[k], c, feature[EACH * k + 2]);
    }
    for (int j = 0; j < features.times; j++) {
      for (int i = features.firstOf(j); i <= j; i++) {
        int at = EACH * features.pair(i, j);
        double q = f[features.count + features.pair(i, j)];
        pair[at] += q;
        pair[at + 1] = Math.fma(q, q, pair[at + 1]);
        pair[at + 2] = Math.fma(q, f[i], pair[at + 2]);
        pair[at + 3] = Math.fma(q, f[j], pair[at + 3]);
        int p = features.pair(i, j);
        cross[p] = Math.fma(f[i], f[j], cross[p]);
      }
    }
  }

  void save(DataOutput out) throws IOException {
    out.writeLong(paths);
    out.writeLong(units);
    for (double[] array : new double[][] {feature, pair, cross, byShift}) {
      out.writeInt(array.length);
      for (double value : array) {
        out.writeDouble(value);
      }
    }
    for (long[] array : new long[][] {notFinite, shiftPaths}) {
      out.writeInt(array.length);
      for (long value : array) {
        out.writeLong(value);
      }
    }
  }

  void load(DataInput in) throws IOException {
    paths = in.readLong();
    units = in.readLong();
    for (double[] array : new double[][] {feature, pair, cross, byShift}) {
      checkLength(in.readInt(), array.length);
      for (int i = 0; i < array.length; i++) {
        array[i] = in.readDouble();
      }
    }
    for (long[] array : new long[][] {notFinite, shiftPaths}) {
      checkLength(in.readInt(), array.length);
      for (int i = 0; i < array.length; i++) {
        array[i] = in.readLong();
      }
    }
  }

  private static void checkLength(int length, int expected) throws IOException {
    if (length != expected) {
      throw new IOException("sums of another study");
    }
  }
}
