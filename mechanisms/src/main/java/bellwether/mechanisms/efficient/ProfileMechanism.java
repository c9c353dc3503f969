package bellwether.mechanisms.efficient;

import bellwether.mechanisms.environment.Environment;

/**
 * An efficient mechanism on an environment of many agents, profile by profile: pivot, team, Groves
 * with constant fees, and the static control, whose utilities are not known without tables.
 */
public final class ProfileMechanism {
  private final ProfileWelfare welfare;
  private final Mechanism mechanism;
  private final Environment environment;

  /**
   * A mechanism.
   *
   * @throws IllegalArgumentException when the mechanism is the balanced one, or a Groves mechanism
   *     whose Phi is not one number for each agent: they need tables over joint states
   */
  public ProfileMechanism(ProfileWelfare welfare, Mechanism mechanism) {
    this.welfare = welfare;
    this.mechanism = mechanism;
    this.environment = welfare.environment();
    if (mechanism instanceof Mechanism.Balanced) {
      throw new IllegalArgumentException(
          "mechanism balanced needs tables over joint states, of which there are too many");
    }
    if (mechanism instanceof Mechanism.Groves groves) {
      if (groves.phi().size() != environment.size()
          || groves.phi().stream().anyMatch(phi -> phi.length != 1)) {
        throw new IllegalArgumentException(
            "phi must be one number for every agent where there are no tables over joint states");
      }
    }
  }

  /** The welfare. */
  public ProfileWelfare welfare() {
    return welfare;
  }

  /** How it is paid for. */
  public Mechanism mechanism() {
    return mechanism;
  }

  private double fee(int i) {
    return mechanism instanceof Mechanism.Groves groves ? groves.phi().get(i)[0] : 0;
  }

  /** What all agents pay in a period. */
  public double[] payments(int... profile) {
    int action = welfare.action(profile);
    ProfileWelfare.Values values =
        mechanism instanceof Mechanism.Pivot
            ? welfare.values(profile)
            : new ProfileWelfare.Values(0, new double[0], 0);
    return payments(values, action, profile);
  }

  private double[] payments(ProfileWelfare.Values values, int action, int... profile) {
    double[] payment = new double[profile.length];
    double later = environment.horizon() == 1 ? 0 : environment.discount();
    for (int i = 0; i < payment.length; i++) {
      double others = environment.flowWithout(i, action, profile);
      payment[i] =
          switch (mechanism) {
            case Mechanism.Pivot _ ->
                values.without()[i] - others - welfare.next(i, values, action, profile);
            case Mechanism.Static _ -> mostWithout(i, profile) - others;
            case Mechanism.Groves _ -> (1 - later) * fee(i) - others;
            case Mechanism.Team _, Mechanism.Balanced _ -> -others;
          };
    }
    return payment;
  }

  private double mostWithout(int i, int... profile) {
    double most = Double.NEGATIVE_INFINITY;
    for (int a = 0; a < environment.actions(); a++) {
      most = Math.max(most, environment.flowWithout(i, a, profile));
    }
    return most;
  }

  /** What happens at a profile. Utilities of the static control are NaN. */
  public Outcome outcome(int... profile) {
    environment.checkProfile(profile);
    ProfileWelfare.Values values = welfare.values(profile);
    int action = welfare.action(profile);
    int n = profile.length;
    double[] payment = payments(values, action, profile);
    double[] marginal = new double[n];
    double[] flow = new double[n];
    double[] utility = new double[n];
    for (int i = 0; i < n; i++) {
      marginal[i] = values.welfare() - values.without()[i];
      double pivot =
          values.without()[i]
              - environment.flowWithout(i, action, profile)
              - welfare.next(i, values, action, profile);
      flow[i] = environment.agent(i).value(action, profile[i]) - pivot;
      utility[i] = utility(i, values);
    }
    return new Outcome(
        values.welfare(),
        action,
        values.without().clone(),
        marginal,
        flow,
        payment,
        utility,
        new double[0],
        new double[0]);
  }

  /** What agent i is left with from a period on where welfare is so; NaN for the static control. */
  public double utility(int i, ProfileWelfare.Values values) {
    return switch (mechanism) {
      case Mechanism.Pivot _ -> values.welfare() - values.without()[i];
      case Mechanism.Static _ -> Double.NaN;
      case Mechanism.Team _, Mechanism.Groves _, Mechanism.Balanced _ -> values.welfare() - fee(i);
    };
  }

  /** E W from the prior. */
  public double expectedWelfare() {
    return welfare.expected().welfare();
  }

  /**
   * E of the discounted sum of all payments from the prior: values less utilities. NaN for the
   * static control, and where actions are worth something to the designer.
   */
  public double expectedRevenue() {
    if (mechanism instanceof Mechanism.Static || !environment.designerIndifferent()) {
      return Double.NaN;
    }
    ProfileWelfare.Values expected = welfare.expected();
    double revenue = expected.welfare();
    for (int i = 0; i < environment.size(); i++) {
      revenue -=
          mechanism instanceof Mechanism.Pivot
              ? expected.welfare() - expected.without()[i]
              : expected.welfare() - fee(i);
    }
    return revenue;
  }
}
