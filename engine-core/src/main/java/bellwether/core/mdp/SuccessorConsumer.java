package bellwether.core.mdp;

/** Takes the entries of a row of probabilities. */
@FunctionalInterface
public interface SuccessorConsumer {
  /**
   * One entry; entries of the same successor add up.
   *
   * @param successor the next state
   * @param probability in [0, 1]
   */
  void accept(int successor, double probability);
}
