package bellwether.core.mdp;

/**
 * A model with what is wanted of it.
 *
 * @param model the model
 * @param objective whether rewards or costs are summed
 * @param discount weight of the next period, in [0, 1]; 1 is for finite horizons and averages only
 */
public record MdpProblem(Mdp model, Objective objective, double discount) {
  /**
   * Checks the discount.
   *
   * @throws IllegalArgumentException when it is not in [0, 1]
   */
  public MdpProblem {
    if (!(discount >= 0 && discount <= 1)) {
      throw new IllegalArgumentException("discount must be in [0, 1]: " + discount);
    }
  }

  /** A problem that is to be maximized. */
  public static MdpProblem maximize(Mdp model, double discount) {
    return new MdpProblem(model, Objective.MAXIMIZE, discount);
  }
}
