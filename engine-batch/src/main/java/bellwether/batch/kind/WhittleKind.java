package bellwether.batch.kind;

import bellwether.batch.array.NumberArrays;
import bellwether.batch.tree.Fields;
import bellwether.batch.tree.Range;
import bellwether.core.bandit.RestlessArm;
import bellwether.core.bandit.WhittleCertificate;
import bellwether.core.bandit.WhittleIndices;
import bellwether.core.bandit.WhittleIndices.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code whittle}: the indices of a restless arm. */
final class WhittleKind implements JobKind {
  private static final Range DISCOUNT =
      new Range(
          0, true, 1, true, "a number at least 0 and less than 1, or 1 for the long-run average");
  private static final List<String> TESTS = List.of("full", "none");

  /** A job as it was read. */
  record WhittleJob(double discount, boolean test, Supplier<RestlessArm> arm) implements Job {
    @Override
    public Outcome solve(Resources resources) throws JobFailedException {
      WhittleIndices solved;
      try {
        solved =
            WhittleIndices.of(arm.get(), discount, test, resources.kernels(), resources.workers());
      } catch (ArithmeticException e) {
        throw new JobFailedException(String.valueOf(e.getMessage()), e);
      }
      if (solved.status() == Status.MULTICHAIN) {
        throw new JobFailedException(
            "discount 1: the long-run average of an optimal policy depends on the state one starts"
                + " in (it has several recurrent classes), so the arm has no indices for it;"
                + " a discount below 1 has");
      }
      double[] indices = solved.indices();
      Map<String, @Nullable Object> result = new LinkedHashMap<>();
      result.put("indexable", solved.status() == Status.NOT_TESTED ? null : indices != null);
      result.put("indices", indices);
      Map<String, @Nullable Object> certificate = new LinkedHashMap<>();
      certificate.put("method", solved.rests() ? "stateElimination" : "subsidyPath");
      WhittleIndices.Witness witness = solved.witness();
      if (witness != null) {
        result.put(
            "reason",
            "in state "
                + witness.state()
                + " being passive is optimal at subsidy "
                + witness.passiveAt()
                + ", and being active directly above the higher subsidy "
                + witness.activeAbove());
        certificate.put("state", witness.state());
        certificate.put("passiveAt", witness.passiveAt());
        certificate.put("activeAbove", witness.activeAbove());
      }
      WhittleCertificate bound = solved.certify(resources.kernels());
      if (bound != null) {
        bounds(certificate, bound);
      }
      return new Outcome(result, certificate);
    }

    private static void bounds(
        Map<String, @Nullable Object> certificate, WhittleCertificate bound) {
      certificate.put("errorBound", bound.errorBound());
      if (Double.isInfinite(bound.errorBound())) {
        certificate.put(
            "errorBoundNote", "no bound: too close to a tie, or a chain that mixes slowly");
      }
      certificate.put("rewardResidual", bound.rewardResidual());
      certificate.put("statesChecked", bound.checked());
      certificate.put("states", bound.states());
    }
  }

  @Override
  public String name() {
    return "whittle";
  }

  @Override
  public String summary() {
    return "Whittle indices of a restless arm, with a test that it is indexable";
  }

  @Override
  public List<KeyDoc> keys() {
    List<KeyDoc> keys = new ArrayList<>();
    keys.add(new KeyDoc("discount", DISCOUNT.words(), "required", "weight of the next period"));
    keys.add(new KeyDoc("arm", "a restless arm", "required", "whose indices to find"));
    keys.add(
        new KeyDoc(
            "indexabilityTest",
            String.join(" | ", TESTS),
            "full",
            "none: indices that are right if the arm is indexable"));
    keys.addAll(RestlessArmReader.KEYS);
    return keys;
  }

  @Override
  public List<String> notes() {
    List<String> notes =
        new ArrayList<>(
            List.of(
                "A passive period in state s pays rewards[s] of passive and a subsidy. The index of s is",
                "the smallest subsidy at which being passive is optimal in s. The arm is indexable if the",
                "states in which being passive is optimal grow with the subsidy.",
                "Result: indexable (null without the test) and indices, by state; indices is null, and",
                "reason says why, if the arm is not indexable. With discount 1, a policy whose average",
                "depends on the state one starts in ends the job with a sentence.",
                "Certificate: errorBound holds for the states checked; rewardResidual: the indices are",
                "those of an arm whose rewards differ by at most this. An index is infinite where being",
                "active stays better at any subsidy, which only discount 1 knows."));
    notes.addAll(ArrayNotes.NOTES);
    return notes;
  }

  @Override
  public String example() {
    return """
        job: whittle
        discount: 0.9
        # A machine that wears (0 new, 2 worn out): being active repairs it.
        arm:
          active:
            rewards: [-4, -4, -4]
            transition: [[1, 0, 0], [1, 0, 0], [1, 0, 0]]
          passive:
            rewards: [6, 4, 0]
            transition: [[0.5, 0.5, 0], [0, 0.5, 0.5], [0, 0, 1]]
        """;
  }

  @Override
  public Job read(Fields job, CommonKeys common, NumberArrays arrays) {
    double discount = job.number("discount", DISCOUNT);
    String test = job.has("indexabilityTest") ? job.choice("indexabilityTest", TESTS) : "full";
    Supplier<RestlessArm> arm = new RestlessArmReader(job.mistakes(), arrays).read(job);
    return new WhittleJob(
        discount, !"none".equals(test), arm == null ? () -> RestlessArm.random(1, 0) : arm);
  }
}
