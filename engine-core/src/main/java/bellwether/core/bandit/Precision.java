package bellwether.core.bandit;

/** In what the matrix of state elimination is kept, and its products are added. */
public enum Precision {
  /** Doubles, 8 n^2 bytes: relative errors of some 1e-15. */
  FLOAT64("float64"),

  /** Floats, 4 n^2 bytes, multiplied at twice the rate: relative errors of some 1e-7 to 1e-6. */
  FLOAT32("float32");

  private final String word;

  Precision(String word) {
    this.word = word;
  }

  /** {@code float64} or {@code float32}. */
  public String word() {
    return word;
  }
}
