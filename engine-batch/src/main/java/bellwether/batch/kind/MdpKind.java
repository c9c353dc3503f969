package bellwether.batch.kind;

import bellwether.batch.array.NumberArrays;
import bellwether.batch.mdp.MdpReader;
import bellwether.batch.mdp.MdpSource;
import bellwether.batch.tree.Fields;
import bellwether.batch.tree.KeyPath;
import bellwether.batch.tree.Mistakes;
import bellwether.batch.tree.Node;
import bellwether.batch.tree.Range;
import bellwether.batch.tree.Shown;
import bellwether.core.mdp.Mdp;
import bellwether.core.mdp.Objective;
import bellwether.core.mdp.SolveMethod;
import bellwether.core.parallel.Workers;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code mdp}: the optimal values and policy of a finite Markov decision process. */
final class MdpKind implements JobKind {
  static final Range INFINITE =
      new Range(
          0,
          true,
          1,
          false,
          "a number at least 0 and less than 1, or 1 with a horizon or criterion average");
  private static final Range WITH_HORIZON = new Range(0, true, 1, true, "a number from 0 to 1");
  private static final String HORIZON = "an integer from 1 to " + Integer.MAX_VALUE + ", or null";
  static final List<String> SOLVERS =
      Arrays.stream(SolveMethod.values()).map(SolveMethod::word).toList();

  @Override
  public String name() {
    return "mdp";
  }

  @Override
  public String summary() {
    return "Markov decision processes: values with a guaranteed error, and an optimal policy";
  }

  @Override
  public List<KeyDoc> keys() {
    return MdpDocs.KEYS;
  }

  @Override
  public List<String> notes() {
    return MdpDocs.NOTES;
  }

  @Override
  public String example() {
    return MdpDocs.EXAMPLE;
  }

  @Override
  public Job read(Fields job, CommonKeys common, NumberArrays arrays) {
    Mistakes mistakes = job.mistakes();
    boolean average =
        job.has("criterion")
            && "average".equals(job.choice("criterion", List.of("discounted", "average")));
    int horizon = horizon(job, average);
    double discount = discount(job, average, horizon);
    boolean least =
        job.has("objective")
            && "minimize".equals(job.choice("objective", List.of("maximize", "minimize")));
    SolveMethod method = method(job, horizon);
    Node modelNode =
        job.required(
            "model", "a model: an object with a type, " + String.join(", ", MdpReader.TYPES));
    MdpSource source =
        modelNode == null
            ? null
            : new MdpReader(mistakes, arrays).read(modelNode, job.path().key("model"));
    int states = source == null ? 0 : source.states();
    double[] terminal = terminal(job, arrays, horizon, states);
    int[] initialStates = initialStates(job, states);
    if (initialStates == null && source != null && !job.has("initialStates")) {
      initialStates = source.initialStates();
    }
    MdpOutput output = MdpOutput.read(job, states, initialStates == null);
    return new MdpJob(
        source == null ? NONE : source,
        least ? Objective.MINIMIZE : Objective.MAXIMIZE,
        discount,
        horizon,
        terminal,
        average,
        common.tolerance(),
        method,
        initialStates,
        output);
  }

  /** Stands for a model that could not be read: the job is not solved then. */
  private static final MdpSource NONE =
      new MdpSource() {
        @Override
        public int states() {
          return 0;
        }

        @Override
        public Mdp model(Workers workers) {
          throw new IllegalStateException("there is no model");
        }
      };

  /** The number of periods, 0 for infinitely many. */
  private static int horizon(Fields job, boolean average) {
    Node node = job.optional("horizon");
    if (node == null || node instanceof Node.NullNode) {
      return 0;
    }
    if (average) {
      job.mistakes()
          .add(
              node.position(),
              job.path().key("horizon"),
              "not with criterion average",
              node.shown(),
              "no horizon");
    }
    return (int) job.integer("horizon", 1, Integer.MAX_VALUE, HORIZON);
  }

  private static double discount(Fields job, boolean average, int horizon) {
    if (!average) {
      return job.number("discount", horizon > 0 ? WITH_HORIZON : INFINITE);
    }
    Node node = job.optional("discount");
    if (node != null && !(node instanceof Node.NumberNode number && number.value() == 1)) {
      job.mistakes()
          .add(
              node.position(),
              job.path().key("discount"),
              "criterion average has no discount",
              node.shown(),
              "1, or no discount");
    }
    return 1;
  }

  private static SolveMethod method(Fields job, int horizon) {
    Node node = job.optional("solver");
    String word = node == null ? null : job.choice("solver", SOLVERS);
    for (SolveMethod method : SolveMethod.values()) {
      if (node == null || !method.word().equals(word)) {
        continue;
      }
      if (horizon > 0 && method != SolveMethod.AUTO) {
        job.mistakes()
            .add(
                node.position(),
                job.path().key("solver"),
                "not with a horizon, which is solved by backward induction",
                node.shown(),
                "no solver, or auto");
      }
      return method;
    }
    return SolveMethod.AUTO;
  }

  private static double @Nullable [] terminal(
      Fields job, NumberArrays arrays, int horizon, int states) {
    Node node = job.optional("terminal");
    if (node == null) {
      return null;
    }
    Mistakes mistakes = job.mistakes();
    KeyPath path = job.path().key("terminal");
    if (horizon == 0) {
      mistakes.add(
          node.position(), path, "without a horizon", node.shown(), "a horizon, or no terminal");
    }
    long before = mistakes.count();
    double[] terminal = arrays.vector(node, path);
    if (mistakes.count() == before && states > 0 && terminal.length != states) {
      mistakes.add(
          node.position(),
          path,
          "sizes differ",
          terminal.length + (terminal.length == 1 ? " number" : " numbers"),
          states + ", one for each state");
    }
    return terminal;
  }

  private static int @Nullable [] initialStates(Fields job, int states) {
    Node node = job.optional("initialStates");
    if (node == null) {
      return null;
    }
    Mistakes mistakes = job.mistakes();
    KeyPath path = job.path().key("initialStates");
    String allowed =
        "an integer from 0 to " + (states > 0 ? String.valueOf(states - 1) : "the states - 1");
    if (!(node instanceof Node.NumbersNode numbers)) {
      mistakes.add(node.position(), path, "not a list of states", node.shown(), "a list of states");
      return null;
    }
    int[] initial = new int[numbers.values().length];
    for (int i = 0; i < initial.length; i++) {
      double value = numbers.values()[i];
      int most = states > 0 ? states : Integer.MAX_VALUE;
      if (value == Math.rint(value) && value >= 0 && value < most) {
        initial[i] = (int) value;
      } else {
        mistakes.add(
            numbers.positions()[i], path.index(i), "no such state", Shown.number(value), allowed);
      }
    }
    return initial;
  }
}
