package bellwether.mechanisms.efficient;

import bellwether.mechanisms.environment.Environment;
import bellwether.mechanisms.environment.PhysicalStates;
import bellwether.mechanisms.joint.ProfileSpace;
import bellwether.mechanisms.joint.TypeTensor;
import org.jspecify.annotations.Nullable;

/**
 * What an ex post mechanism asks of agent i for each action, by physical state and the others'
 * types: a menu that its own report cannot change. Reporting means choosing from it.
 */
public final class Prices {
  private final WelfareTables tables;
  private final Mechanism mechanism;
  private final Environment environment;
  private final ProfileSpace space;
  private final FlowTables flows;

  /**
   * The prices of a mechanism.
   *
   * @throws IllegalArgumentException when the mechanism is the balanced one, whose payments depend
   *     on past reports, or a Groves mechanism has not a Phi for each agent with one number or one
   *     for each profile of the others
   */
  public Prices(WelfareTables tables, Mechanism mechanism) {
    this.tables = tables;
    this.mechanism = mechanism;
    environment = tables.environment();
    space = tables.space();
    flows = new FlowTables(environment, space);
    switch (mechanism) {
      case Mechanism.Balanced _ ->
          throw new IllegalArgumentException("the balanced mechanism has no ex post prices");
      case Mechanism.Groves groves -> checkPhi(groves);
      case Mechanism.Pivot _, Mechanism.Team _, Mechanism.Static _ -> {}
    }
  }

  private void checkPhi(Mechanism.Groves groves) {
    if (groves.phi().size() != environment.size()) {
      throw new IllegalArgumentException(
          "phi must have one entry for every agent, "
              + environment.size()
              + ": "
              + groves.phi().size());
    }
    for (int i = 0; i < environment.size(); i++) {
      int length = groves.phi().get(i).length;
      int others = space.profiles() / space.types(i);
      if (length != 1 && length != others) {
        throw new IllegalArgumentException(
            "phi["
                + i
                + "] must have one number, or one for every profile of the others, "
                + others
                + ": "
                + length);
      }
    }
  }

  /** Phi_i in a period by physical state and the others' types; null for 0. */
  private double @Nullable [] fee(int period, int i) {
    return switch (mechanism) {
      case Mechanism.Pivot _ -> tables.without(period, i);
      case Mechanism.Groves groves -> {
        double[] phi = groves.phi().get(i);
        double[] all = new double[space.statesWithout(i)];
        for (int s = 0; s < all.length; s++) {
          all[s] = phi[s % phi.length];
        }
        yield all;
      }
      case Mechanism.Team _, Mechanism.Static _, Mechanism.Balanced _ -> null;
    };
  }

  /** Phi_i of the state without i, 0 where the mechanism has none. */
  double fee(int period, int i, int stateWithout) {
    return switch (mechanism) {
      case Mechanism.Pivot _ -> tables.without(period, i)[stateWithout];
      case Mechanism.Groves groves -> {
        double[] phi = groves.phi().get(i);
        yield phi[stateWithout % phi.length];
      }
      case Mechanism.Team _, Mechanism.Static _, Mechanism.Balanced _ -> 0;
    };
  }

  /**
   * The menu of an agent.
   *
   * @return the price at {@code [a][s]}, s a joint state without the agent; where a is not feasible
   *     the number means nothing
   */
  public double[][] menu(int period, int i) {
    int states = space.statesWithout(i);
    int block = states / space.physicalStates();
    double[][] price = new double[environment.actions()][];
    double[] fee = fee(period, i);
    double[] next = tables.isLast(period) ? null : fee(period + 1, i);
    double[] most =
        mechanism instanceof Mechanism.Static ? staticBest(i, states, block) : new double[0];
    TypeTensor tensor = tables.tensorWithout(i);
    double[][] room = new double[2][fee == null ? 0 : states];
    for (int a = 0; a < price.length; a++) {
      double[] others = flows.welfare(a, i);
      double[] row = new double[states];
      double[] expected = next == null ? null : tensor.expect(a, next, room);
      for (int s = 0; s < states; s++) {
        row[s] = -others[s % block];
      }
      if (mechanism instanceof Mechanism.Static) {
        for (int s = 0; s < states; s++) {
          row[s] += most[s];
        }
      }
      if (fee != null) {
        for (int s = 0; s < states; s++) {
          row[s] += fee[s];
        }
      }
      if (expected != null) {
        for (int s = 0; s < states; s++) {
          row[s] -= environment.discount() * expected[s];
        }
      }
      price[a] = row;
    }
    return price;
  }

  /** max over feasible a of w_-i(a, theta_-i). */
  private double[] staticBest(int i, int states, int block) {
    double[] most = new double[states];
    java.util.Arrays.fill(most, Double.NEGATIVE_INFINITY);
    PhysicalStates physical = environment.physical();
    for (int a = 0; a < environment.actions(); a++) {
      double[] others = flows.welfare(a, i);
      for (int s = 0; s < states; s++) {
        if (physical.feasible(s / block, a)) {
          most[s] = Math.max(most[s], others[s % block]);
        }
      }
    }
    return most;
  }

  /** The price of one action in one state, without making the menu. */
  public double price(int period, int i, int action, int physical, int... profile) {
    double others = environment.flowWithout(i, action, profile);
    if (mechanism instanceof Mechanism.Static) {
      double most = Double.NEGATIVE_INFINITY;
      for (int a = 0; a < environment.actions(); a++) {
        if (environment.physical().feasible(physical, a)) {
          most = Math.max(most, environment.flowWithout(i, a, profile));
        }
      }
      return most - others;
    }
    int state = space.without(i, space.state(physical, profile));
    double price = fee(period, i, state) - others;
    double[] next = tables.isLast(period) ? null : fee(period + 1, i);
    if (next != null) {
      TypeTensor tensor = tables.tensorWithout(i);
      int[] types = new int[profile.length - 1];
      for (int j = 0, at = 0; j < profile.length; j++) {
        if (j != i) {
          types[at++] = profile[j];
        }
      }
      double[][] law = tensor.nextLaw(action, types);
      price -=
          environment.discount()
              * tensor.mean(environment.physical().next(physical, action), law, next);
    }
    return price;
  }
}
