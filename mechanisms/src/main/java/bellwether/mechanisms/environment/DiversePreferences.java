package bellwether.mechanisms.environment;

import bellwether.core.mdp.TypeTransition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The diverse preference assumption under which the dynamic pivot mechanism is the only efficient
 * one that is ex post incentive compatible and individually rational and lets agents leave who no
 * longer matter (Bergemann and Valimaki 2010, Assumption 1):
 *
 * <p>(i) every agent has a null type, to which nothing is worth anything and which stays, whatever
 * is done;
 *
 * <p>(ii) for every agent, action a and x &gt;= 0 there is a type to which a is worth x and every
 * other action nothing, and which becomes a null type for certain, whatever is done.
 *
 * <p>With finitely many types (ii) can hold only for the x that some type has: {@link #values}
 * lists them. Under (i) repeated bilateral trade cannot balance its budget (Yoon, Theorem 6).
 *
 * @param nullTypes by agent: the null type, the lowest of several, or -1 where there is none
 * @param values by agent, then action: the x &gt; 0 for which there is a type, in increasing order
 */
@SuppressWarnings("ArrayRecordComponent")
public record DiversePreferences(int[] nullTypes, List<List<double[]>> values) {
  /** Looks at an environment. */
  public static DiversePreferences of(Environment environment) {
    int[] nulls = new int[environment.size()];
    List<List<double[]>> values = new ArrayList<>();
    for (int i = 0; i < nulls.length; i++) {
      Agent agent = environment.agent(i);
      boolean[] isNull = new boolean[agent.types()];
      nulls[i] = -1;
      for (int t = agent.types() - 1; t >= 0; t--) {
        isNull[t] = isNull(agent, t);
        if (isNull[t]) {
          nulls[i] = t;
        }
      }
      List<double[]> byAction = new ArrayList<>();
      for (int a = 0; a < agent.actions(); a++) {
        byAction.add(single(agent, a, isNull));
      }
      values.add(byAction);
    }
    return new DiversePreferences(nulls, values);
  }

  private static boolean isNull(Agent agent, int type) {
    boolean[] alone = new boolean[agent.types()];
    alone[type] = true;
    for (int a = 0; a < agent.actions(); a++) {
      if (agent.value(a, type) != 0 || !endsIn(agent.transition(a), type, alone)) {
        return false;
      }
    }
    return true;
  }

  /** Whether all successors of a type are among some. */
  private static boolean endsIn(TypeTransition transition, int type, boolean[] some) {
    boolean[] all = {true};
    transition.forEachSuccessor(type, (u, p) -> all[0] &= some[u] || p == 0);
    return all[0];
  }

  private static double[] single(Agent agent, int action, boolean[] isNull) {
    double[] found = new double[agent.types()];
    int count = 0;
    for (int t = 0; t < agent.types(); t++) {
      boolean right = agent.value(action, t) > 0;
      for (int a = 0; a < agent.actions() && right; a++) {
        right = (a == action || agent.value(a, t) == 0) && endsIn(agent.transition(a), t, isNull);
      }
      if (right) {
        found[count++] = agent.value(action, t);
      }
    }
    return Arrays.stream(found, 0, count).sorted().distinct().toArray();
  }

  /** Whether part (i) holds. */
  public boolean partOne() {
    return Arrays.stream(nullTypes).allMatch(t -> t >= 0);
  }

  /** Whether part (ii) holds for some x &gt; 0 of every agent and action. */
  public boolean partTwo() {
    return values.stream().allMatch(agent -> agent.stream().allMatch(x -> x.length > 0));
  }

  /** What fails, a sentence each; empty where nothing does. */
  public List<String> failures() {
    List<String> failures = new ArrayList<>();
    for (int i = 0; i < nullTypes.length; i++) {
      if (nullTypes[i] < 0) {
        failures.add(
            "part (i): agent "
                + i
                + " has no type to which nothing is worth anything and which always stays");
      }
      for (int a = 0; a < values.get(i).size(); a++) {
        if (values.get(i).get(a).length == 0) {
          failures.add(
              "part (ii): agent "
                  + i
                  + " has no type to which only action "
                  + a
                  + " is worth something and which then becomes a null type");
        }
      }
    }
    return failures;
  }
}
