package bellwether.batch.kind;

import bellwether.core.bandit.BetaBernoulliArm;
import bellwether.core.bandit.BetaBernoulliIndex;
import bellwether.core.bandit.BetaBernoulliTable;
import bellwether.core.bandit.DirichletArm;
import bellwether.core.bandit.DirichletIndex;
import bellwether.core.bandit.FiniteArm;
import bellwether.core.bandit.FiniteHorizonIndex;
import bellwether.core.bandit.IndexBracket;
import bellwether.core.bandit.IndexTable;
import bellwether.core.bandit.NormalArm;
import bellwether.core.bandit.NormalIndex;
import bellwether.core.bandit.Precision;
import bellwether.core.bandit.RefinedIndices;
import bellwether.core.bandit.RestartCertificate;
import bellwether.core.bandit.SparseArm;
import bellwether.core.bandit.SparseIndices;
import bellwether.core.bandit.StateElimination;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls the index solvers of the core for one arm at a time. */
final class IndexSolver {
  private static final double DIRICHLET_TOLERANCE = 1e-8;

  private final double discount;
  private final @Nullable Double tolerance;
  private final List<IndexTable> tables;
  private final Precision storage;
  private final Resources resources;

  /**
   * A solver for one job.
   *
   * @param tolerance the widest bracket of a Bayesian index that is asked for, in its reward's
   *     units; null for the default
   * @param tables where Beta-Bernoulli indices may be looked up
   * @param storage what dense arms are eliminated in
   */
  IndexSolver(
      double discount,
      @Nullable Double tolerance,
      List<IndexTable> tables,
      Precision storage,
      Resources resources) {
    this.discount = discount;
    this.tolerance = tolerance;
    this.tables = tables;
    this.storage = storage;
    this.resources = resources;
  }

  /**
   * An arm's indices and what bounds their error.
   *
   * @param indices a double[] over states, a Double, a double[][] table, or the names of files
   * @param files in which a table stands
   */
  record Solved(Object indices, Map<String, @Nullable Object> certificate, List<SideFile> files) {
    Solved(Object indices, Map<String, @Nullable Object> certificate) {
      this(indices, certificate, List.of());
    }
  }

  /** Solves arm number {@code place} of the job. */
  Solved solve(ArmSpec spec, int place) throws JobFailedException {
    try {
      return switch (spec.arm()) {
        case FiniteArm arm when spec.horizon() > 0 ->
            finiteHorizon(
                FiniteHorizonIndex.of(
                    arm, spec.states(), discount, spec.horizon(), resources.workers()),
                spec);
        case FiniteArm arm when storage == Precision.FLOAT32 -> refined(arm, spec);
        case FiniteArm arm -> finite(arm, spec);
        case SparseArm arm when spec.horizon() > 0 ->
            finiteHorizon(
                FiniteHorizonIndex.of(
                    arm, spec.states(), discount, spec.horizon(), resources.workers()),
                spec);
        case SparseArm arm -> sparse(arm, spec);
        case BetaBernoulliArm arm when spec.horizon() > 0 ->
            bracket(DirichletIndex.finite(arm, discount, spec.horizon()), spec.scale());
        case DirichletArm arm when spec.horizon() > 0 ->
            bracket(DirichletIndex.finite(arm, discount, spec.horizon()), spec.scale());
        case DirichletArm arm -> dirichlet(arm, spec.scale());
        case BetaBernoulliArm arm when spec.size() > 0 -> table(arm, spec, place);
        case BetaBernoulliArm arm -> learned(arm, spec.scale());
        case NormalArm arm when spec.size() > 0 -> table(arm, spec);
        case NormalArm arm ->
            bracket(
                NormalIndex.of(arm, discount, tolerance(spec.scale() * arm.noiseSd())),
                spec.scale());
      };
    } catch (IllegalArgumentException e) {
      // The job was read and found right: what is left is a tolerance that cannot be had.
      throw new JobFailedException(String.valueOf(e.getMessage()), e);
    }
  }

  private Solved learned(BetaBernoulliArm arm, double scale) {
    double asked = tolerance(arm, scale);
    for (IndexTable table : tables) {
      IndexBracket known = table.bracket(arm);
      if (known != null && known.width() <= tolerance(scale)) {
        Solved solved = bracket(known, scale);
        solved.certificate().put("method", "indexTable");
        return solved;
      }
    }
    return bracket(BetaBernoulliIndex.of(arm, discount, asked, resources.kernels()), scale);
  }

  private static Solved finiteHorizon(FiniteHorizonIndex solved, ArmSpec spec) {
    double[] indices = solved.indices();
    for (int s = 0; s < indices.length; s++) {
      indices[s] *= spec.scale();
    }
    Map<String, @Nullable Object> certificate = new LinkedHashMap<>();
    certificate.put("method", "finiteHorizon");
    certificate.put("errorBound", solved.errorBound() * spec.scale());
    certificate.put("horizon", spec.horizon());
    return new Solved(indices, certificate);
  }

  /** Cells grow with the number of categories: eight digits of the values' span are the default. */
  private Solved dirichlet(DirichletArm arm, double scale) {
    double low = arm.value(0);
    double high = low;
    for (int k = 1; k < arm.categories(); k++) {
      low = Math.min(low, arm.value(k));
      high = Math.max(high, arm.value(k));
    }
    double asked =
        tolerance == null
            ? high > low ? DIRICHLET_TOLERANCE * (high - low) : DIRICHLET_TOLERANCE
            : tolerance / scale;
    return bracket(DirichletIndex.of(arm, discount, asked), scale);
  }

  /** The indices of an arm's next states, if its mean stays as it is. */
  private Solved table(NormalArm arm, ArmSpec spec) {
    int from = arm.observations();
    NormalIndex table =
        NormalIndex.table(
            from + spec.size() - 1, discount, tolerance(spec.scale() * arm.noiseSd()));
    double[] indices = new double[spec.size()];
    double widest = 0;
    for (int i = 0; i < indices.length; i++) {
      IndexBracket one = table.of(new NormalArm(arm.mean(), from + i, arm.noiseSd()));
      indices[i] = one.index() * spec.scale();
      widest = Math.max(widest, one.width() * spec.scale());
    }
    Map<String, @Nullable Object> certificate = new LinkedHashMap<>();
    certificate.put("method", "truncationBracket");
    certificate.put("widestBracket", widest);
    return new Solved(indices, certificate);
  }

  private Solved sparse(SparseArm arm, ArmSpec spec) {
    SparseIndices solved =
        SparseIndices.of(arm, spec.states(), discount, resources.kernels(), resources.workers());
    String method =
        solved.solvedAlone() == 0
            ? "sparseElimination"
            : solved.eliminated() == 0 ? "restartProblems" : "sparseEliminationAndRestart";
    Solved found = finite(solved.indices(), solved.certificate(), spec.scale(), method);
    found.certificate().put("statesEliminated", solved.eliminated());
    found.certificate().put("statesSolvedAlone", solved.solvedAlone());
    return found;
  }

  private Solved finite(FiniteArm arm, ArmSpec spec) {
    StateElimination elimination =
        StateElimination.of(arm, discount, resources.kernels(), resources.workers());
    double[] indices = elimination.indices();
    int[] states = spec.states();
    double[] asked =
        states == null ? indices : Arrays.stream(states).mapToDouble(s -> indices[s]).toArray();
    return finite(
        asked, elimination.certify(arm, resources.kernels()), spec.scale(), "stateElimination");
  }

  /** In single precision if that meets the tolerance, in double otherwise. */
  private Solved refined(FiniteArm arm, ArmSpec spec) throws JobFailedException {
    RefinedIndices solved =
        RefinedIndices.of(
            arm,
            spec.states(),
            discount,
            tolerance == null ? 0 : tolerance / spec.scale(),
            resources.kernels(),
            resources.workers());
    String shortfall = solved.shortfall();
    if (shortfall == null) {
      Solved found =
          finite(solved.indices(), solved.certificate(), spec.scale(), "stateElimination");
      found.certificate().put("storage", storage.word());
      found.certificate().put("statesRefined", solved.refined());
      return found;
    }
    String refusal = StorageKey.refusal(Precision.FLOAT64, arm.states());
    if (refusal != null) {
      throw new JobFailedException("storage: " + shortfall + ", and " + refusal);
    }
    Solved found = finite(arm, spec);
    found.certificate().put("storage", Precision.FLOAT64.word());
    found.certificate().put("fallback", shortfall);
    return found;
  }

  private static Solved finite(
      double[] indices, RestartCertificate bound, double scale, String method) {
    for (int s = 0; s < indices.length; s++) {
      indices[s] *= scale;
    }
    boolean finite = Arrays.stream(indices).allMatch(Double::isFinite);
    Map<String, @Nullable Object> certificate = new LinkedHashMap<>();
    certificate.put("method", method);
    certificate.put("errorBound", finite ? bound.errorBound() * scale : Double.NaN);
    certificate.put("statesChecked", bound.checked());
    certificate.put("states", bound.states());
    return new Solved(indices, certificate);
  }

  private double tolerance(BetaBernoulliArm arm, double scale) {
    return tolerance == null
        ? IndexBracket.defaultTolerance(discount, arm.alpha() / (arm.alpha() + arm.beta()))
        : tolerance / scale;
  }

  /** The widest bracket of an arm whose rewards are to be multiplied by {@code scale}. */
  private double tolerance(double scale) {
    return tolerance == null ? IndexBracket.defaultTolerance(discount) : tolerance / scale;
  }

  private static Solved bracket(IndexBracket bracket, double scale) {
    Map<String, @Nullable Object> certificate = new LinkedHashMap<>();
    certificate.put("method", "truncationBracket");
    certificate.put("lower", bracket.lower() * scale);
    certificate.put("upper", bracket.upper() * scale);
    certificate.put("horizon", bracket.horizon());
    return new Solved(bracket.index() * scale, certificate);
  }

  private Solved table(BetaBernoulliArm arm, ArmSpec spec, int place) throws JobFailedException {
    String form = spec.save();
    String stem = resources.stem();
    if (form != null && stem == null) {
      throw new JobFailedException(
          "save: "
              + form
              + " is a file beside the result, and the result is printed: add --out DIR");
    }
    if (form != null && spec.scale() != 1) {
      throw new JobFailedException("save: a table is of rewards 0 and 1: rewardScale must be 1");
    }
    int size = spec.size();
    BetaBernoulliTable table =
        BetaBernoulliTable.square(
            arm, size, discount, tolerance(spec.scale()), resources.kernels(), resources.workers());
    double[][] indices = new double[size][size];
    double widest = 0;
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        indices[i][j] = table.index(i, j) * spec.scale();
        widest = Math.max(widest, (table.upper(i, j) - table.lower(i, j)) * spec.scale());
      }
    }
    Map<String, @Nullable Object> certificate = new LinkedHashMap<>();
    certificate.put("method", "truncationBracket");
    certificate.put("widestBracket", widest);
    if (form == null || stem == null) {
      return new Solved(indices, certificate);
    }
    String name = stem + ".arm" + place;
    List<SideFile> files =
        IndexTableFiles.files(IndexTable.of(table, arm, discount), name, form, widest);
    Map<String, @Nullable Object> names = new LinkedHashMap<>();
    names.put("arrayFile", files.get(0).name());
    names.put("manifestFile", files.get(1).name());
    return new Solved(names, certificate, files);
  }
}
