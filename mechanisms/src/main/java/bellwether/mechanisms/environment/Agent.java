package bellwether.mechanisms.environment;

import bellwether.core.mdp.ProductAgent;
import bellwether.core.mdp.TypeTransition;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An agent of an {@link Environment}: private types, what every action is worth to each of them in
 * a period, and how they move under every action. Immutable.
 *
 * <p>Rows of values and matrices that are one object stay one: an agent that is served by one of a
 * thousand actions takes two rows and two matrices.
 */
public final class Agent {
  /** How far from 1 the sum of the initial probabilities may be. */
  public static final double SUM_TOLERANCE = 1e-9;

  private final double[][] value;
  private final TypeTransition[] transition;
  private final double @Nullable [] initial;
  private final List<String> typeNames;

  /** By action: whether it is worth nothing to any type. */
  private final boolean[] ignored;

  private Agent(
      double[][] value,
      TypeTransition[] transition,
      double @Nullable [] initial,
      List<String> typeNames) {
    this.value = value;
    this.transition = transition;
    this.initial = initial;
    this.typeNames = typeNames;
    ignored = new boolean[value.length];
    IdentityHashMap<double[], Boolean> known = new IdentityHashMap<>();
    for (int a = 0; a < value.length; a++) {
      ignored[a] = known.computeIfAbsent(value[a], Agent::isZero);
    }
  }

  private static boolean isZero(double[] row) {
    for (double v : row) {
      if (v != 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * An agent.
   *
   * @param value {@code value[a][t]}: what action a is worth to type t in a period; copied
   * @param transition {@code transition[a]}: how types move under action a
   * @throws IllegalArgumentException naming the place, when shapes do not fit or a value is not
   *     finite
   */
  public static Agent of(double[][] value, TypeTransition... transition) {
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
    IdentityHashMap<double[], double[]> copies = new IdentityHashMap<>();
    double[][] copy = new double[value.length][];
    for (int a = 0; a < value.length; a++) {
      if (transition[a].types() != types) {
        throw new IllegalArgumentException(
            "transition[" + a + "] has " + transition[a].types() + " types, expected " + types);
      }
      double[] known = copies.get(value[a]);
      if (known == null) {
        known = checked(value[a], a, types);
        copies.put(value[a], known);
      }
      copy[a] = known;
    }
    return new Agent(copy, transition.clone(), null, List.of());
  }

  private static double[] checked(double[] row, int a, int types) {
    if (row.length != types) {
      throw new IllegalArgumentException(
          "value[" + a + "] must have one number for every type, " + types + ": " + row.length);
    }
    for (int t = 0; t < types; t++) {
      if (!Double.isFinite(row[t])) {
        throw new IllegalArgumentException("value[" + a + "][" + t + "] must be finite: " + row[t]);
      }
    }
    return row.clone();
  }

  /**
   * An agent with full matrices.
   *
   * @param transition {@code transition[a][t][u]}: the probability of u after t under action a
   * @throws IllegalArgumentException as above, or when a row does not sum to 1 within 1e-9
   */
  public static Agent of(double[][] value, double[][][] transition) {
    TypeTransition[] matrices = new TypeTransition[transition.length];
    IdentityHashMap<double[][], TypeTransition> known = new IdentityHashMap<>();
    for (int a = 0; a < transition.length; a++) {
      matrices[a] = known.computeIfAbsent(transition[a], TypeTransition::dense);
    }
    return of(value, matrices);
  }

  /** An agent whose types move by one matrix, whatever is done. */
  public static Agent uncontrolled(double[][] value, double[][] transition) {
    TypeTransition[] matrices = new TypeTransition[value.length];
    Arrays.fill(matrices, TypeTransition.dense(transition));
    return of(value, matrices);
  }

  /**
   * An agent that one action serves: the others are worth nothing to it and leave its type alone.
   *
   * @param action that serves it
   * @param actions how many there are
   * @param value of being served, by type
   * @param transition of the type when it is served
   */
  public static Agent served(int action, int actions, double[] value, TypeTransition transition) {
    java.util.Objects.checkIndex(action, actions);
    double[][] values = new double[actions][];
    TypeTransition[] matrices = new TypeTransition[actions];
    Arrays.fill(values, new double[value.length]);
    Arrays.fill(matrices, TypeTransition.stay(transition.types()));
    values[action] = value;
    matrices[action] = transition;
    return of(values, matrices);
  }

  /**
   * The same agent with the law of its first type.
   *
   * @param probabilities by type; copied
   * @throws IllegalArgumentException when there is not one for every type, one is not in [0, 1], or
   *     they do not sum to 1 within 1e-9
   */
  public Agent withInitial(double... probabilities) {
    if (probabilities.length != types()) {
      throw new IllegalArgumentException(
          "initial must have one probability for every type, "
              + types()
              + ": "
              + probabilities.length);
    }
    double sum = 0;
    for (int t = 0; t < probabilities.length; t++) {
      if (!(probabilities[t] >= 0 && probabilities[t] <= 1 + SUM_TOLERANCE)) {
        throw new IllegalArgumentException(
            "initial[" + t + "] must be a number from 0 to 1: " + probabilities[t]);
      }
      sum += probabilities[t];
    }
    if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
      throw new IllegalArgumentException("initial must sum to 1 within 1e-9: " + sum);
    }
    return new Agent(value, transition, probabilities.clone(), typeNames);
  }

  /**
   * The same agent with names for its types.
   *
   * @throws IllegalArgumentException when there is not one for every type
   */
  public Agent named(List<String> types) {
    if (types.size() != types()) {
      throw new IllegalArgumentException(
          "types must have one name for every type, " + types() + ": " + types.size());
    }
    return new Agent(value, transition, initial, List.copyOf(types));
  }

  /** How many types. */
  public int types() {
    return transition[0].types();
  }

  /** The names of the types; empty where they have none. */
  public List<String> typeNames() {
    return typeNames;
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

  /** The law of the first type, a copy; null where none was given. */
  public double @Nullable [] initial() {
    return initial == null ? null : initial.clone();
  }

  /** Whether an action is worth nothing to any type. */
  public boolean ignores(int action) {
    return ignored[action];
  }

  /** Whether two actions move the types alike. */
  boolean movesAlike(int one, int two) {
    return same(transition[one], transition[two]);
  }

  private static boolean same(TypeTransition one, TypeTransition two) {
    if (one == two) {
      return true;
    }
    if (one.entries() != two.entries()) {
      return false;
    }
    double[] first = new double[one.types()];
    boolean[] equal = {true};
    for (int t = 0; t < one.types() && equal[0]; t++) {
      Arrays.fill(first, 0);
      one.forEachSuccessor(t, (u, p) -> first[u] = p);
      two.forEachSuccessor(t, (u, p) -> equal[0] &= first[u] == p);
    }
    return equal[0];
  }

  /** The agent as a factor of a product of chains. */
  public ProductAgent factor() {
    return ProductAgent.of(value, transition);
  }

  /** The largest |value|. */
  double largest() {
    double largest = 0;
    IdentityHashMap<double[], Boolean> seen = new IdentityHashMap<>();
    for (double[] row : value) {
      if (seen.put(row, true) == null) {
        for (double v : row) {
          largest = Math.max(largest, Math.abs(v));
        }
      }
    }
    return largest;
  }
}
