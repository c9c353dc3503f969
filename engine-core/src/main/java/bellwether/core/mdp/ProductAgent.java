package bellwether.core.mdp;

import org.jspecify.annotations.Nullable;

/**
 * One agent of a {@link ProductMdp}: types, what every action is worth to each of them, and how
 * they move. Immutable.
 *
 * <p>A public state, such as the stock of a seller, is an agent too: one to whom nothing is worth
 * anything and in some of whose types some actions are not {@linkplain #allowing allowed}.
 */
public final class ProductAgent {
  private final double[][] value;
  private final TypeTransition[] transition;
  private final boolean @Nullable [][] allowed;

  private ProductAgent(
      double[][] value, TypeTransition[] transition, boolean @Nullable [][] allowed) {
    this.value = value;
    this.transition = transition;
    this.allowed = allowed;
  }

  /**
   * An agent.
   *
   * @param value {@code value[a][t]}: what action a is worth to type t in a period; copied
   * @param transition {@code transition[a]}: how types move under action a
   * @throws IllegalArgumentException naming the place, when shapes do not fit or a value is not
   *     finite
   */
  public static ProductAgent of(double[][] value, TypeTransition... transition) {
    if (value.length < 1) {
      throw new IllegalArgumentException("value must have a row for every action, at least one: 0");
    }
    if (transition.length != value.length) {
      throw new IllegalArgumentException(
          "transition must have one matrix for every action, "
              + value.length
              + ": "
              + transition.length);
    }
    int types = transition[0].types();
    double[][] copy = new double[value.length][];
    for (int a = 0; a < value.length; a++) {
      if (transition[a].types() != types) {
        throw new IllegalArgumentException(
            "transition[" + a + "] has " + transition[a].types() + " types, expected " + types);
      }
      if (value[a].length != types) {
        throw new IllegalArgumentException(
            "value["
                + a
                + "] must have one number for every type, "
                + types
                + ": "
                + value[a].length);
      }
      for (int t = 0; t < types; t++) {
        if (!Double.isFinite(value[a][t])) {
          throw new IllegalArgumentException(
              "value[" + a + "][" + t + "] must be finite: " + value[a][t]);
        }
      }
      copy[a] = value[a].clone();
    }
    return new ProductAgent(copy, transition.clone(), null);
  }

  /**
   * An agent with full matrices.
   *
   * @param transition {@code transition[a][t][u]}: the probability of u after t under action a
   */
  public static ProductAgent of(double[][] value, double[][][] transition) {
    TypeTransition[] matrices = new TypeTransition[transition.length];
    for (int a = 0; a < transition.length; a++) {
      matrices[a] = TypeTransition.dense("transition[" + a + "]", transition[a]);
    }
    return of(value, matrices);
  }

  /**
   * The same agent, with actions that cannot be chosen in some of its types.
   *
   * @param matrix {@code matrix[a][t]}: whether action a may be chosen while the type is t; copied
   * @throws IllegalArgumentException when the shape does not fit
   */
  public ProductAgent allowing(boolean[][] matrix) {
    if (matrix.length != actions()) {
      throw new IllegalArgumentException(
          "allowed must have one row for every action, " + actions() + ": " + matrix.length);
    }
    boolean[][] copy = new boolean[matrix.length][];
    boolean all = true;
    for (int a = 0; a < matrix.length; a++) {
      if (matrix[a].length != types()) {
        throw new IllegalArgumentException(
            "allowed["
                + a
                + "] must have one entry for every type, "
                + types()
                + ": "
                + matrix[a].length);
      }
      copy[a] = matrix[a].clone();
      for (boolean one : matrix[a]) {
        all &= one;
      }
    }
    return new ProductAgent(value, transition, all ? null : copy);
  }

  /** The same agent, to whom nothing is worth anything. */
  ProductAgent worthless() {
    return new ProductAgent(new double[actions()][types()], transition, allowed);
  }

  /** How many types. */
  public int types() {
    return transition[0].types();
  }

  /** How many actions. */
  public int actions() {
    return value.length;
  }

  /** What an action is worth to a type in one period. */
  public double value(int action, int type) {
    return value[action][type];
  }

  /** How the types move under an action. */
  public TypeTransition transition(int action) {
    return transition[action];
  }

  /** Whether an action may be chosen while the agent has this type. */
  public boolean allows(int action, int type) {
    return allowed == null || allowed[action][type];
  }

  /** Whether every action may be chosen in every type. */
  public boolean allowsAll() {
    return allowed == null;
  }

  /** The largest |value| of an action. */
  double largest(int action) {
    double largest = 0;
    for (double v : value[action]) {
      largest = Math.max(largest, Math.abs(v));
    }
    return largest;
  }
}
