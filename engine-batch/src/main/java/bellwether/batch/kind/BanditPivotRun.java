package bellwether.batch.kind;

import bellwether.mechanisms.optimal.Allocation;
import bellwether.mechanisms.optimal.BanditPivot;
import bellwether.mechanisms.optimal.ExpectedProfit;
import bellwether.mechanisms.optimal.Subscription;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Solves a {@code virtualPivot} job agent by agent, where joint states are too many for tables. */
final class BanditPivotRun {
  private BanditPivotRun() {}

  static Outcome of(VirtualPivotJob job, Resources resources) {
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    Map<String, @Nullable Object> certificate = new LinkedHashMap<>();
    Map<String, @Nullable Object> timing = new LinkedHashMap<>();
    long start = System.nanoTime();
    resources.progress().accept("arms");
    BanditPivot pivot = BanditPivot.of(job.environment(), resources.kernels(), resources.workers());
    Subscription subscription = pivot.subscription(job.initialTypes());
    VirtualPivotJob.subscription(subscription, result, certificate);
    int[] states = job.states();
    if (states != null) {
      Allocation allocation = pivot.allocation(subscription, job.initialTypes(), states);
      result.put("allocation", VirtualPivotJob.allocation(allocation));
    }
    certificate.put("method", "virtualIndices");
    certificate.put("solver", "bandit");
    start = VirtualPivotJob.took("mechanismSeconds", start, timing);
    if (job.profit()) {
      ExpectedProfit found =
          "sampled".equals(job.method())
              ? pivot.sampledProfit(job.draws(), job.shifts(), job.seed())
              : pivot.expectedProfit();
      job.profit(found, result, certificate);
      VirtualPivotJob.took("profitSeconds", start, timing);
    }
    return new Outcome(result, certificate, timing, List.of());
  }
}
