package bellwether.core.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantileSketchTest {

  /** Numbers of the first, second, ... rank, in an order. */
  private static double[] numbers(String order, int n, SplittableRandom random) {
    double[] x = new double[n];
    Arrays.setAll(x, i -> i + 1);
    if (order.equals("falling")) {
      Arrays.setAll(x, i -> n - i);
    } else if (order.equals("random")) {
      for (int i = n - 1; i > 0; i--) {
        int j = random.nextInt(i + 1);
        double swap = x[i];
        x[i] = x[j];
        x[j] = swap;
      }
    }
    return x;
  }

  @ParameterizedTest
  @CsvSource({
    "rising, 64, 1",
    "falling, 64, 2",
    "random, 64, 3",
    "random, 1024, 4",
    "random, 8, 5"
  })
  void ranksAreWithinTheBound(String order, int capacity, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int n = 100_000;
    double[] x = numbers(order, n, random);
    QuantileSketch sketch = new QuantileSketch(capacity);
    for (int at = 0; at < n; ) {
      int part = Math.min(n - at, random.nextInt(1, 700));
      sketch.add(x, at, part);
      at += part;
    }
    assertThat(sketch.count()).isEqualTo(n);
    double levels = Math.ceil(Math.log((double) n / capacity) / Math.log(2)) + 1;
    assertThat(sketch.rankError()).isLessThanOrEqualTo((long) (n * levels / capacity));
    for (double rank = 1; rank <= n; rank += 977) {
      // A number is its own rank.
      double error = Math.abs(sketch.ofRanks(rank)[0] - rank);
      assertThat(error).isLessThanOrEqualTo(sketch.rankError() + 1 + (double) n / capacity / 8);
    }
  }

  @Test
  void mergedSketchesKnowWhatBothHaveSeen() {
    QuantileSketch all = new QuantileSketch(256);
    for (int part = 0; part < 20; part++) {
      QuantileSketch one = new QuantileSketch(256);
      double[] x = new double[5_000];
      int from = part;
      Arrays.setAll(x, i -> 20.0 * i + from);
      one.add(x, 0, x.length);
      all.merge(one);
    }
    assertThat(all.count()).isEqualTo(100_000);
    for (double rank = 1; rank < 100_000; rank += 9_973) {
      assertThat(Math.abs(all.ofRanks(rank)[0] - rank)).isLessThan(all.rankError() + 50.0);
    }
  }

  @Test
  void fewNumbersAreExact() {
    QuantileSketch sketch = new QuantileSketch(16);
    sketch.add(new double[] {9, 3, 3, 7, 1}, 0, 5);
    assertThat(sketch.ofRanks(0, 1, 2, 3, 4, 5, 6)).containsExactly(1, 1, 3, 3, 7, 9, 9);
    assertThat(sketch.rankError()).isZero();
  }

  @Test
  void savedIsLoaded() throws IOException {
    QuantileSketch sketch = new QuantileSketch(64);
    double[] x = numbers("random", 10_000, new SplittableRandom(3));
    sketch.add(x, 0, 7_777);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    sketch.save(new DataOutputStream(bytes));
    QuantileSketch loaded =
        QuantileSketch.load(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    sketch.add(x, 7_777, 2_223);
    loaded.add(x, 7_777, 2_223);
    for (double rank = 1; rank < 10_000; rank += 111) {
      assertThat(loaded.ofRanks(rank)).isEqualTo(sketch.ofRanks(rank));
    }
  }
}
