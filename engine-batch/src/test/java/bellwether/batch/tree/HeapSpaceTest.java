package bellwether.batch.tree;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What does not fit is refused with what it needs and what there is. */
class HeapSpaceTest {
  @Test
  void whatFitsIsNotRefused() {
    assertThat(HeapSpace.refusal("it", 1000)).isNull();
  }

  @Test
  void whatDoesNotFitIsToldWithItsRemedy() {
    assertThat(HeapSpace.refusal("P.npy", 12.8e12))
        .matches(
            "P\\.npy needs 12800\\.0 GB, [0-9.]+ [MG]B are available: raise the Java heap with"
                + " BELLWETHER_JAVA_OPTS=-Xmx\\d+g");
  }

  @Test
  void sizesAreInWords() {
    assertThat(HeapSpace.size(1)).isEqualTo("1 kB");
    assertThat(HeapSpace.size(12.34e6)).isEqualTo("12 MB");
    assertThat(HeapSpace.size(12.84e9)).isEqualTo("12.8 GB");
  }
}
