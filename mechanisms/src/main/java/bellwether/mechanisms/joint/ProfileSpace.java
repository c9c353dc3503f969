package bellwether.mechanisms.joint;

import bellwether.mechanisms.environment.Environment;
import java.util.Locale;

/**
 * Numbers for joint states: physical state k and profile theta have number k J + sum_i theta_i
 * stride_i, the last agent's types counted fastest, J the number of profiles. Without agent i the
 * others keep their order.
 */
public final class ProfileSpace {
  /** The longest array of Java. */
  private static final double MOST = Integer.MAX_VALUE - 8;

  private final int[] types;
  private final int[] stride;
  private final int profiles;
  private final int physicalStates;

  /**
   * The space of an environment.
   *
   * @throws IllegalArgumentException when an array cannot be so long
   */
  public ProfileSpace(Environment environment) {
    if (environment.jointStates() > MOST) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "there are %.6g joint states, physical states times profiles: tables have at most"
                  + " %.0f",
              environment.jointStates(),
              MOST));
    }
    int n = environment.size();
    types = new int[n];
    stride = new int[n];
    int size = 1;
    for (int i = n - 1; i >= 0; i--) {
      types[i] = environment.agent(i).types();
      stride[i] = size;
      size *= types[i];
    }
    profiles = size;
    physicalStates = environment.physical().count();
  }

  /** Agents. */
  public int agents() {
    return types.length;
  }

  /** Physical states. */
  public int physicalStates() {
    return physicalStates;
  }

  /** Profiles of types, J. */
  public int profiles() {
    return profiles;
  }

  /** Joint states. */
  public int states() {
    return physicalStates * profiles;
  }

  /** Types of agent i. */
  public int types(int i) {
    return types[i];
  }

  /** How far states are apart that differ by 1 in the type of agent i. */
  public int stride(int i) {
    return stride[i];
  }

  /** The number of a state. */
  public int state(int physical, int... profile) {
    int state = physical * profiles;
    for (int i = 0; i < types.length; i++) {
      state += profile[i] * stride[i];
    }
    return state;
  }

  /** The type of agent i in a state. */
  public int type(int state, int i) {
    return state / stride[i] % types[i];
  }

  /** The physical state of a state. */
  public int physical(int state) {
    return state / profiles;
  }

  /** The profile of a state. */
  public int[] profile(int state) {
    int[] profile = new int[types.length];
    for (int i = 0; i < profile.length; i++) {
      profile[i] = type(state, i);
    }
    return profile;
  }

  /** Joint states without agent i. */
  public int statesWithout(int i) {
    return states() / types[i];
  }

  /** The number of a state without agent i. */
  public int without(int i, int state) {
    return state / (stride[i] * types[i]) * stride[i] + state % stride[i];
  }

  /** The state that agent i's type makes of a number without it. */
  public int with(int i, int reduced, int type) {
    return (reduced / stride[i] * types[i] + type) * stride[i] + reduced % stride[i];
  }
}
