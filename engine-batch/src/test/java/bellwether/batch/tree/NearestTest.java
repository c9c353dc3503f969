package bellwether.batch.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a user may have meant. */
class NearestTest {
  private static final List<String> KEYS =
      List.of("job", "discount", "arms", "bidders", "biddersFile", "outsideValue", "objective");

  @ParameterizedTest
  @CsvSource({
    "discont, discount",
    "dicsount, discount",
    "Discount, discount",
    "outside, outsideValue",
    "bidder, bidders",
    "bidersfile, biddersFile",
    "arm, arms",
    "goal, job",
  })
  void theNearestKeyIsFound(String word, String key) {
    assertThat(Nearest.to(word, KEYS)).isEqualTo(key);
  }

  @Test
  void nothingIsNearToNonsense() {
    assertThat(Nearest.to("\u0000", KEYS)).isNull();
    assertThat(Nearest.to("x".repeat(1000), KEYS)).isNull();
    assertThat(Nearest.to("word", List.of())).isNull();
  }

  @Test
  void neighboursThatAreSwappedAreOneEdit() {
    assertThat(Nearest.distance("abcd", "abdc")).isEqualTo(1);
    assertThat(Nearest.distance("", "abc")).isEqualTo(3);
    assertThat(Nearest.distance("kitten", "sitting")).isEqualTo(3);
  }
}
