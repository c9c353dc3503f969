package bellwether.mechanisms.environment;

/** How the welfare of an environment is found; all that apply find the same. */
public enum Solver {
  /** The joint matrix, written out: small environments, any mixing. */
  JOINT("joint"),
  /** Products of the agents' matrices, never the joint one: any environment with tables. */
  PRODUCT("product"),
  /** Types that nobody controls: the best action now, then one linear evaluation. */
  UNCONTROLLED("uncontrolled"),
  /** Only who is served moves: Whittle's product of retirement values, any number of agents. */
  BANDIT("bandit");

  private final String word;

  Solver(String word) {
    this.word = word;
  }

  /** The name in camel case, as job files have it. */
  public String word() {
    return word;
  }
}
