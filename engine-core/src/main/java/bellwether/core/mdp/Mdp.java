package bellwether.core.mdp;

/**
 * A finite Markov decision process without its discount: in state s one of the allowed actions a is
 * chosen, r(s, a) is received, and the next state is t with probability P(s, a, t).
 *
 * <p>States and actions are numbered from 0. Every state has at least one action. The probabilities
 * of a row are taken relative to their sum, which differs from 1 by at most 1e-9.
 */
public sealed interface Mdp permits RowMdp, ProductMdp {
  /** How many states there are. */
  int states();

  /** One more than the largest number of an action. */
  int actions();

  /** Whether action a may be chosen in state s. */
  boolean allowed(int state, int action);

  /** The expected reward of an allowed action. */
  double reward(int state, int action);
}
