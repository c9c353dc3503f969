package bellwether.batch.kind;

import bellwether.batch.array.NumberArrays;
import bellwether.batch.mechanism.EnvironmentReader;
import bellwether.batch.mechanism.PlayReader;
import bellwether.batch.mechanism.ProfileReader;
import bellwether.batch.tree.Fields;
import bellwether.batch.tree.KeyPath;
import bellwether.batch.tree.Mistakes;
import bellwether.batch.tree.Node;
import bellwether.mechanisms.efficient.Mechanism;
import bellwether.mechanisms.environment.Environment;
import bellwether.mechanisms.environment.Solver;
import bellwether.mechanisms.environment.Structure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code efficientMechanism}: socially efficient mechanisms over time, and audits of them. */
final class EfficientMechanismKind implements JobKind {
  static final List<String> MECHANISMS = List.of("pivot", "team", "groves", "balanced", "static");
  static final List<String> SOLVERS = solvers();
  static final List<String> AUDITS = List.of("exact", "sampled", "simulated", "none");

  /** Lies of a sample where their number is not given. */
  static final int DEVIATIONS = 200;

  /** How often a lie is played where that is not given. */
  static final int AUDIT_PATHS = 200;

  /** Joint states beyond which the laws of single types are used where they suffice. */
  private static final double MOST_STATES = 2e6;

  private static List<String> solvers() {
    List<String> words = new ArrayList<>(List.of("auto"));
    Arrays.stream(Solver.values()).map(Solver::word).forEach(words::add);
    return List.copyOf(words);
  }

  @Override
  public String name() {
    return "efficientMechanism";
  }

  @Override
  public String summary() {
    return "efficient mechanisms over time: pivot, team, Groves, balanced; payments and audits";
  }

  @Override
  public List<KeyDoc> keys() {
    return EfficientMechanismDocs.KEYS;
  }

  @Override
  public List<String> notes() {
    return EfficientMechanismDocs.NOTES;
  }

  @Override
  public String example() {
    return EfficientMechanismDocs.EXAMPLE;
  }

  /** What cannot be solved: the job is not whole. */
  private static final Job NONE =
      resources -> {
        throw new IllegalStateException("there is no environment");
      };

  @Override
  public Job read(Fields job, CommonKeys common, NumberArrays arrays) {
    Mistakes mistakes = job.mistakes();
    String word = job.choice("mechanism", MECHANISMS);
    String solverWord = job.has("solver") ? job.choice("solver", SOLVERS) : "auto";
    String audit = job.has("audit") ? job.choice("audit", AUDITS) : null;
    Environment environment = new EnvironmentReader(mistakes, arrays).read(job);
    if (environment == null || word == null || solverWord == null) {
      return NONE;
    }
    Solver solver = solver(job, environment, solverWord);
    ProfileReader profiles = new ProfileReader(mistakes, environment);
    int[] profile = profiles.profile(job, "profile");
    int physical = profiles.physical(job, "physicalState");
    int period = period(job, environment);
    Mechanism mechanism = mechanism(job, word, environment, profiles);
    MechanismRequest.Previous previous = previous(job, word, period, environment, profiles);
    if (mechanism instanceof Mechanism.Balanced) {
      checkBalanced(job, environment);
      if (previous != null && job.has("physicalState")) {
        Node node = job.optional("physicalState");
        mistakes.add(
            node == null ? job.position() : node.position(),
            job.path().key("physicalState"),
            "not with previous, which leads to it",
            "both",
            "one of them");
      }
    }
    PlayReader.Play play = new PlayReader(mistakes, environment).read(job);
    boolean allProfiles = flag(job, "allProfiles");
    int deviations =
        (int) job.integer("deviations", 1, 1_000_000, "an integer from 1 to 1000000", DEVIATIONS);
    int auditPaths =
        (int) job.integer("auditPaths", 2, 1_000_000, "an integer from 2 to 1000000", AUDIT_PATHS);
    if (mechanism == null || solver == null) {
      return NONE;
    }
    boolean tables = tables(environment, solver);
    if (!tables) {
      checkProfileOnly(job, mechanism, audit, allProfiles);
    }
    Long seed = common.seed();
    MechanismRequest request =
        new MechanismRequest(
            common.tolerance(),
            profile,
            physical,
            period,
            previous,
            audit,
            deviations,
            auditPaths,
            allProfiles,
            play,
            seed == null ? 1 : seed);
    return new EfficientMechanismJob(environment, mechanism, solver, tables, request);
  }

  /** Whether tables over all joint states are made. */
  private static boolean tables(Environment environment, Solver solver) {
    if (solver == Solver.UNCONTROLLED) {
      Structure structure = Structure.of(environment);
      return structure.hasTables()
          && (environment.jointStates() <= MOST_STATES || !structure.needsNoTables());
    }
    return solver != Solver.BANDIT;
  }

  private static void checkProfileOnly(
      Fields job, Mechanism mechanism, @Nullable String audit, boolean allProfiles) {
    String reason = "needs tables over joint states, which this solver does without";
    if ("exact".equals(audit)) {
      wrong(job, "audit", reason, "exact", "sampled, simulated or none");
    }
    if (allProfiles) {
      wrong(job, "allProfiles", reason, "true", "false");
    }
    if (mechanism instanceof Mechanism.Balanced) {
      wrong(job, "mechanism", reason, "balanced", "pivot, team, groves or static");
    }
    if (mechanism instanceof Mechanism.Groves groves
        && groves.phi().stream().anyMatch(phi -> phi.length > 1)) {
      wrong(job, "phi", reason, "a table", "a number for each agent");
    }
  }

  private static void wrong(Fields job, String key, String wrong, String given, String allowed) {
    Node node = job.optional(key);
    job.mistakes()
        .add(
            node == null ? job.position() : node.position(),
            job.path().key(key),
            wrong,
            given,
            allowed);
  }

  private static boolean flag(Fields job, String key) {
    Node node = job.optional(key);
    if (node == null || node instanceof Node.NullNode) {
      return false;
    }
    if (node instanceof Node.BooleanNode bool) {
      return bool.value();
    }
    wrong(job, key, "not a truth value", node.shown(), "true or false");
    return false;
  }

  private static @Nullable Solver solver(Fields job, Environment environment, String word) {
    Structure structure = Structure.of(environment);
    for (Solver solver : Solver.values()) {
      if (solver.word().equals(word)) {
        String refusal = structure.refusal(solver);
        if (refusal == null) {
          return solver;
        }
        Node node = job.optional("solver");
        job.mistakes()
            .add(
                node == null ? job.position() : node.position(),
                job.path().key("solver"),
                "does not apply, " + refusal,
                word,
                "auto or another solver");
        return null;
      }
    }
    try {
      return structure.choose();
    } catch (IllegalArgumentException e) {
      job.mistakes().add(job.position(), job.path().key("agents"), String.valueOf(e.getMessage()));
      return null;
    }
  }

  private static int period(Fields job, Environment environment) {
    Node node = job.optional("period");
    if (node == null || node instanceof Node.NullNode) {
      return 0;
    }
    int last = Math.max(0, environment.horizon() - 1);
    String allowed =
        environment.isInfinite()
            ? "0, or nothing, without a horizon"
            : "an integer from 0 to " + last;
    return (int) job.integer("period", 0, last, allowed);
  }

  private static @Nullable Mechanism mechanism(
      Fields job, String word, Environment environment, ProfileReader profiles) {
    if (!"groves".equals(word)) {
      Node node = job.optional("phi");
      if (node != null) {
        job.mistakes()
            .add(
                node.position(),
                job.path().key("phi"),
                "only with mechanism groves",
                node.shown(),
                "no phi");
      }
      return switch (word) {
        case "pivot" -> Mechanism.PIVOT;
        case "team" -> Mechanism.TEAM;
        case "balanced" -> Mechanism.BALANCED;
        default -> Mechanism.STATIC;
      };
    }
    int n = environment.size();
    String allowed = "a list of " + n + ", one for each agent";
    List<Node> items = job.list("phi", false, false, allowed);
    KeyPath path = job.path().key("phi");
    if (!items.isEmpty() && items.size() != n) {
      job.mistakes()
          .add(
              items.getFirst().position(),
              path,
              "sizes differ",
              items.size() + (items.size() == 1 ? " entry" : " entries"),
              n + ", one for each agent");
      return null;
    }
    List<double[]> phi = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      double[] one = profiles.phi(items.get(i), path.index(i), i);
      if (one != null) {
        phi.add(one);
      }
    }
    return phi.size() == n ? new Mechanism.Groves(phi) : null;
  }

  private static MechanismRequest.@Nullable Previous previous(
      Fields job, String word, int period, Environment environment, ProfileReader profiles) {
    Node node = job.optional("previous");
    Mistakes mistakes = job.mistakes();
    KeyPath path = job.path().key("previous");
    if (node == null || node instanceof Node.NullNode) {
      if ("balanced".equals(word) && period > 0) {
        mistakes.add(
            job.position(), path, "missing in a later period", "nothing", "the reports before");
      }
      return null;
    }
    if (!"balanced".equals(word)) {
      mistakes.add(
          node.position(), path, "only with mechanism balanced", node.shown(), "no previous");
      return null;
    }
    if (!environment.isInfinite() && period == 0) {
      mistakes.add(
          node.position(), path, "nothing comes before period 0", node.shown(), "no previous");
      return null;
    }
    Node.ObjectNode object =
        Fields.object(mistakes, node, path, "an object with profile and physicalState");
    if (object == null) {
      return null;
    }
    Fields fields = new Fields(object, path, mistakes, List.of("profile", "physicalState"));
    int[] reports = profiles.profile(fields, "profile");
    return new MechanismRequest.Previous(profiles.physical(fields, "physicalState"), reports);
  }

  private static void checkBalanced(Fields job, Environment environment) {
    if (environment.size() < 2) {
      job.mistakes()
          .add(
              job.position(),
              job.path().key("agents"),
              "too few for mechanism balanced",
              "1",
              "at least 2");
    }
    for (int i = 0; i < environment.size(); i++) {
      if (environment.agent(i).initial() == null) {
        job.mistakes()
            .add(
                job.position(),
                job.path().key("agents").index(i).key("initial"),
                "missing, mechanism balanced needs it",
                "nothing",
                "a probability for each type");
      }
    }
  }
}
