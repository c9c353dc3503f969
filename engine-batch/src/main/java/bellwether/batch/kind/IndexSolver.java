package bellwether.batch.kind;

import bellwether.core.bandit.BetaBernoulliArm;
import bellwether.core.bandit.BetaBernoulliIndex;
import bellwether.core.bandit.BetaBernoulliTable;
import bellwether.core.bandit.FiniteArm;
import bellwether.core.bandit.IndexBracket;
import bellwether.core.bandit.NormalArm;
import bellwether.core.bandit.NormalIndex;
import bellwether.core.bandit.RestartCertificate;
import bellwether.core.bandit.StateElimination;
import bellwether.core.parallel.Workers;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls the index solvers of the core for one arm at a time. */
final class IndexSolver {
  /** Arms of up to this many states are checked in every one of them. */
  private static final int ALL_STATES = 256;

  /** States that are checked in larger arms. */
  private static final int SOME_STATES = 16;

  /** Of Bayesian brackets, unless rounding near discount 1 allows only less. */
  private static final double TOLERANCE = 1e-10;

  /** The default never gives fewer than nine digits: beyond this the solvers refuse. */
  private static final double LOOSEST = 1e-9;

  private final double discount;
  private final @Nullable Double tolerance;
  private final Resources resources;

  /**
   * A solver for one job.
   *
   * @param tolerance the widest bracket of a Bayesian index that is asked for, in its reward's
   *     units; null for the default
   */
  IndexSolver(double discount, @Nullable Double tolerance, Resources resources) {
    this.discount = discount;
    this.tolerance = tolerance;
    this.resources = resources;
  }

  /**
   * An arm's indices and what bounds their error.
   *
   * @param indices a double[] over states, a Double, or a double[][] table
   */
  record Solved(Object indices, Map<String, @Nullable Object> certificate) {}

  Solved solve(ArmSpec spec) throws JobFailedException {
    try {
      return switch (spec.arm()) {
        case FiniteArm arm -> finite(arm, spec.scale());
        case BetaBernoulliArm arm when spec.size() > 0 -> table(arm, spec);
        case BetaBernoulliArm arm -> bracket(bracket(arm, spec.scale()), spec.scale());
        case NormalArm arm -> bracket(bracket(arm, spec.scale()), spec.scale());
      };
    } catch (IllegalArgumentException e) {
      // The job was read and found right: what is left is a tolerance that cannot be had.
      throw new JobFailedException(String.valueOf(e.getMessage()), e);
    }
  }

  private Solved finite(FiniteArm arm, double scale) {
    StateElimination elimination = eliminate(arm, resources.workers());
    double[] indices = elimination.indices();
    for (int s = 0; s < indices.length; s++) {
      indices[s] *= scale;
    }
    RestartCertificate bound = certify(elimination, arm);
    Map<String, @Nullable Object> certificate = new LinkedHashMap<>();
    certificate.put("method", "stateElimination");
    certificate.put("errorBound", bound.errorBound() * scale);
    certificate.put("statesChecked", bound.checked());
    certificate.put("states", bound.states());
    return new Solved(indices, certificate);
  }

  StateElimination eliminate(FiniteArm arm, Workers workers) {
    return StateElimination.of(arm, discount, resources.kernels(), workers);
  }

  RestartCertificate certify(StateElimination elimination, FiniteArm arm) {
    int levels = arm.states() <= ALL_STATES ? ALL_STATES : SOME_STATES;
    return elimination.certify(arm, levels, resources.kernels());
  }

  /** Of the arm whose success pays 1. */
  IndexBracket bracket(BetaBernoulliArm arm, double scale) {
    return BetaBernoulliIndex.of(arm, discount, tolerance(scale), resources.kernels());
  }

  IndexBracket bracket(NormalArm arm, double scale) {
    return NormalIndex.of(arm, discount, tolerance(scale * arm.noiseSd()));
  }

  private double tolerance(double scale) {
    if (tolerance != null) {
      return tolerance / scale;
    }
    // Rounding takes about 2e-14 / (1 - delta) of a bracket.
    return Math.min(LOOSEST, Math.max(TOLERANCE, 1e-13 / (1 - discount)));
  }

  private static Solved bracket(IndexBracket bracket, double scale) {
    Map<String, @Nullable Object> certificate = new LinkedHashMap<>();
    certificate.put("method", "truncationBracket");
    certificate.put("lower", bracket.lower() * scale);
    certificate.put("upper", bracket.upper() * scale);
    certificate.put("horizon", bracket.horizon());
    return new Solved(bracket.index() * scale, certificate);
  }

  private Solved table(BetaBernoulliArm arm, ArmSpec spec) {
    int size = spec.size();
    BetaBernoulliTable table =
        BetaBernoulliTable.square(
            arm,
            size,
            discount,
            tolerance(spec.scale()),
            resources.kernels(),
            resources.workers());
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
    return new Solved(indices, certificate);
  }
}
