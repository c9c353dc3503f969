package bellwether.mechanisms.affine;

/** Which boosts a search may choose. */
public enum Boosts {
  /** None: weights alone. */
  NONE("none"),
  /** One for every action. */
  ACTION("action"),
  /** One for every physical state and action that is feasible in it. */
  STATE_ACTION("stateAction");

  private final String word;

  Boosts(String word) {
    this.word = word;
  }

  /** As users write it. */
  public String word() {
    return word;
  }
}
