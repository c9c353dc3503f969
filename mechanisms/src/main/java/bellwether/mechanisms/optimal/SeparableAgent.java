package bellwether.mechanisms.optimal;

import bellwether.core.mdp.TypeTransition;
import bellwether.mechanisms.environment.Agent;
import bellwether.mechanisms.virtual.PrivateType;
import bellwether.mechanisms.virtual.Valuation;
import bellwether.mechanisms.virtual.VirtualWeight;
import java.util.Arrays;

/**
 * An agent who knows its initial type s0 when it signs, and learns signals afterwards. Its flow
 * value is A(s0) B or A(s0) C + B, B a function of action and signal, C of the action (Kakade,
 * Lobel and Nazerzadeh 2013, equations 1 and 2). Immutable.
 */
public final class SeparableAgent {
  private final PrivateType type;
  private final Agent signals;
  private final double[] constant;

  /**
   * An agent.
   *
   * @param type the law of s0, A, and whether values are multiplicative or additive
   * @param signals whose values are B[a][s], with transitions and the law of the first signal
   * @param constant C[a]; copied. Multiplicative values have none: an empty array
   * @throws IllegalArgumentException when the signals have no initial law, or there is not a finite
   *     C for every action of additive values
   */
  public SeparableAgent(PrivateType type, Agent signals, double... constant) {
    if (signals.initial() == null) {
      throw new IllegalArgumentException("signals must have an initial law");
    }
    boolean additive = type.valuation() == Valuation.ADDITIVE;
    int expected = additive ? signals.actions() : 0;
    if (constant.length != expected) {
      throw new IllegalArgumentException(
          "constant must have "
              + (additive
                  ? "one number for every action, " + expected
                  : "no number where values are multiplicative")
              + ": "
              + constant.length);
    }
    for (int a = 0; a < constant.length; a++) {
      if (!Double.isFinite(constant[a])) {
        throw new IllegalArgumentException("constant[" + a + "] must be finite: " + constant[a]);
      }
    }
    this.type = type;
    this.signals = signals;
    this.constant = constant.clone();
  }

  /** s0 and how it enters values. */
  public PrivateType type() {
    return type;
  }

  /** B, and how signals move. */
  public Agent signals() {
    return signals;
  }

  /** Whether values are A C + B. */
  public boolean additive() {
    return constant.length > 0;
  }

  /** C[a], 0 where values are multiplicative. */
  public double constant(int action) {
    return additive() ? constant[action] : 0;
  }

  /** What a unit of the effective weight multiplies: B, or C where values are additive. */
  public double unit(int action, int signal) {
    return additive() ? constant[action] : signals.value(action, signal);
  }

  /** What counts as it is: 0, or B where values are additive. */
  public double own(int action, int signal) {
    return additive() ? signals.value(action, signal) : 0;
  }

  /** v = A(s0) B or A(s0) C + B. */
  public double value(double s0, int action, int signal) {
    return type.function().value(s0) * unit(action, signal) + own(action, signal);
  }

  /** Whether an action is worth nothing to any signal and any initial type. */
  public boolean ignores(int action) {
    return signals.ignores(action) && constant(action) == 0;
  }

  /** alpha and beta of an initial type. */
  public VirtualWeight weight(double s0) {
    return type.weight(s0);
  }

  /**
   * The effective weight: a flow counts y unit + own, y = A - h A'; 0 where the type gets no
   * weight.
   */
  public double effectiveWeight(double s0) {
    return type.weight(s0).included() ? type.virtualType(s0) : 0;
  }

  /** The agent as its flows count with an effective weight, as an agent of an environment. */
  Agent weighted(double y) {
    int types = signals.types();
    double[][] value = new double[signals.actions()][];
    TypeTransition[] transition = new TypeTransition[value.length];
    double[] nothing = new double[types];
    for (int a = 0; a < value.length; a++) {
      transition[a] = signals.transition(a);
      value[a] = nothing;
      if (!ignores(a)) {
        value[a] = new double[types];
        for (int s = 0; s < types; s++) {
          value[a][s] = y * unit(a, s) + own(a, s);
        }
      }
    }
    double[] initial = signals.initial();
    Agent made = Agent.of(value, transition).withInitial(initial == null ? new double[0] : initial);
    return signals.typeNames().isEmpty() ? made : made.named(signals.typeNames());
  }

  /** An agent to whom everything is worth nothing, in the place of one who gets no weight. */
  static Agent absent(int actions) {
    double[][] value = new double[actions][];
    TypeTransition[] transition = new TypeTransition[actions];
    Arrays.fill(value, new double[1]);
    Arrays.fill(transition, TypeTransition.stay(1));
    return Agent.of(value, transition).withInitial(1);
  }
}
