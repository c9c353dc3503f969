package bellwether.batch.kind;

import bellwether.core.bandit.BetaBernoulliArm;
import bellwether.core.bandit.FiniteArm;
import bellwether.core.bandit.NormalArm;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The only class of the batch that calls the index solvers of the core.
 *
 * <p>Until those are merged, finite arms are solved by {@link StopgapElimination} and the others
 * are refused.
 */
final class IndexSolver {
  private final double discount;

  @SuppressWarnings("unused") // kernels and workers go to the solvers of the core
  private final Resources resources;

  IndexSolver(double discount, Resources resources) {
    this.discount = discount;
    this.resources = resources;
  }

  /** A double[] over states, a Double, or a double[][] table. */
  Object indices(ArmSpec spec) throws JobFailedException {
    return switch (spec.arm()) {
      case FiniteArm arm -> {
        double[] indices = StopgapElimination.indices(arm, discount);
        for (int s = 0; s < indices.length; s++) {
          indices[s] *= spec.scale();
        }
        yield indices;
      }
      case BetaBernoulliArm _ ->
          throw new JobFailedException("betaBernoulli arms cannot be solved yet");
      case NormalArm _ -> throw new JobFailedException("normal arms cannot be solved yet");
    };
  }

  /** What bounds the error of all indices so far. */
  Map<String, @Nullable Object> certificate() {
    Map<String, @Nullable Object> certificate = new LinkedHashMap<>();
    certificate.put("method", "stateElimination");
    return certificate;
  }
}
