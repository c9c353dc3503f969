package bellwether.mechanisms.environment;

import bellwether.core.mdp.TypeTransition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Small random environments by seed. */
public final class RandomEnvironments {
  private RandomEnvironments() {}

  /** Any structure: a physical state and a horizon at times. */
  public static Environment any(long seed) {
    return any(seed, 1);
  }

  /** The same with at least so many agents. */
  public static Environment any(long seed, int leastAgents) {
    SplittableRandom random = new SplittableRandom(seed);
    int n = leastAgents + random.nextInt(4 - leastAgents);
    int actions = 1 + random.nextInt(4);
    List<Agent> agents = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      int types = 1 + random.nextInt(3);
      double[][] value = new double[actions][];
      double[][][] transition = new double[actions][types][];
      for (int a = 0; a < actions; a++) {
        value[a] = random.doubles(types, -1, 1).toArray();
        for (int t = 0; t < types; t++) {
          transition[a][t] = law(types, random);
        }
      }
      agents.add(Agent.of(value, transition).withInitial(law(types, random)));
    }
    Environment.Builder builder =
        Environment.builder(agents, random.nextDouble() * 0.8)
            .designerValue(random.doubles(actions, -0.5, 0.5).toArray());
    if (random.nextBoolean()) {
      int states = 1 + random.nextInt(3);
      int[][] next = new int[states][actions];
      for (int[] row : next) {
        for (int a = 0; a < actions; a++) {
          row[a] = a > 0 && random.nextInt(3) == 0 ? -1 : random.nextInt(states);
        }
      }
      builder.physical(PhysicalStates.of(random.nextInt(states), next));
    }
    if (random.nextInt(3) == 0) {
      builder.horizon(1 + random.nextInt(4));
    }
    return builder.build();
  }

  /** Types that nobody controls; every action has a value for one agent at most, some for none. */
  public static Environment uncontrolled(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int n = 1 + random.nextInt(3);
    int actions = n + random.nextInt(2) + (random.nextBoolean() ? n : 0);
    List<Agent> agents = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      int types = 1 + random.nextInt(4);
      double[][] value = new double[actions][types];
      for (int a = i; a < actions; a += n + 1) {
        value[a] = random.doubles(types, -0.3, 1).toArray();
      }
      double[][] transition = new double[types][];
      for (int t = 0; t < types; t++) {
        transition[t] = law(types, random);
      }
      agents.add(Agent.uncontrolled(value, transition).withInitial(law(types, random)));
    }
    Environment.Builder builder =
        Environment.builder(agents, random.nextDouble() * 0.9)
            .designerValue(random.doubles(actions, -0.5, 0.5).toArray());
    if (random.nextInt(3) == 0) {
      builder.horizon(1 + random.nextInt(4));
    }
    return builder.build();
  }

  /** Types that nobody controls, actions that are combinations of a choice for each agent. */
  public static Environment separable(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int n = 1 + random.nextInt(3);
    int[] choices = random.ints(n, 1, 4).toArray();
    int actions = Arrays.stream(choices).reduce(1, (a, b) -> a * b);
    double base = random.nextDouble();
    double[] designer = new double[actions];
    Arrays.fill(designer, base);
    List<Agent> agents = new ArrayList<>();
    int apart = 1;
    for (int i = 0; i < n; i++) {
      int types = 1 + random.nextInt(3);
      double[][] own = new double[choices[i]][];
      double[] cost = random.doubles(choices[i], -0.5, 0.5).toArray();
      for (int c = 0; c < own.length; c++) {
        own[c] = random.doubles(types, -1, 1).toArray();
      }
      double[][] value = new double[actions][];
      for (int a = 0; a < actions; a++) {
        int c = a / apart % choices[i];
        value[a] = own[c];
        designer[a] += cost[c];
      }
      apart *= choices[i];
      double[][] transition = new double[types][];
      for (int t = 0; t < types; t++) {
        transition[t] = law(types, random);
      }
      agents.add(Agent.uncontrolled(value, transition).withInitial(law(types, random)));
    }
    return Environment.builder(agents, random.nextDouble() * 0.9)
        .designerValue(designer)
        .horizon(random.nextInt(3) == 0 ? 1 + random.nextInt(4) : 0)
        .build();
  }

  /**
   * A bandit. By seed: with an idle action or not, with values to the designer or not.
   *
   * @param lowest least value of being served
   */
  public static Environment bandit(long seed, double lowest) {
    SplittableRandom random = new SplittableRandom(seed);
    int n = 1 + random.nextInt(3);
    boolean idle = random.nextBoolean();
    boolean costs = random.nextBoolean();
    int actions = n + (idle ? 1 : 0);
    List<Agent> agents = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      int types = 1 + random.nextInt(4);
      double[][] transition = new double[types][];
      for (int t = 0; t < types; t++) {
        transition[t] = law(types, random);
      }
      double[] value = random.doubles(types, lowest, 1).toArray();
      // Action 0 is the idle one where there is one.
      agents.add(
          Agent.served(i + (idle ? 1 : 0), actions, value, TypeTransition.dense(transition))
              .withInitial(law(types, random)));
    }
    Environment.Builder builder = Environment.builder(agents, 0.3 + random.nextDouble() * 0.6);
    if (costs) {
      builder.designerValue(random.doubles(actions, -0.4, 0.4).toArray());
    }
    return builder.build();
  }

  private static double[] law(int types, SplittableRandom random) {
    double[] law = new double[types];
    int entries = random.nextBoolean() ? types : 1 + random.nextInt(types);
    for (int k = 0; k < entries; k++) {
      law[entries == types ? k : random.nextInt(types)] += 0.05 + random.nextDouble();
    }
    double sum = Arrays.stream(law).sum();
    for (int t = 0; t < types; t++) {
      law[t] /= sum;
    }
    return law;
  }
}
