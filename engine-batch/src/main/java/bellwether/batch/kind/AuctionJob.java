package bellwether.batch.kind;

import bellwether.core.bandit.IndexTable;
import bellwether.core.bandit.NormalArm;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An auction as it was read.
 *
 * @param discount in [0, 1)
 * @param outsideValue what a period without a winner is worth
 * @param tolerance of the welfare where arms are Bayesian, or null
 * @param bidders at least one
 * @param tables where indices of Beta-Bernoulli arms may be looked up
 * @param revenue what an auction for revenue is asked beside; null in one for welfare
 */
record AuctionJob(
    double discount,
    double outsideValue,
    @Nullable Double tolerance,
    List<Bidder> bidders,
    List<IndexTable> tables,
    @Nullable RevenueRequest revenue)
    implements Job {
  private static final int TOP = 10;

  @Override
  public Outcome solve(Resources resources) throws JobFailedException {
    AuctionSolver.Numbers numbers = AuctionSolver.solve(this, resources);
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    boolean named = bidders.stream().anyMatch(bidder -> bidder.name() != null);
    if (named) {
      List<@Nullable String> names = new ArrayList<>();
      bidders.forEach(bidder -> names.add(bidder.name()));
      result.put("names", names);
    }
    result.put("indices", revenue == null ? numbers.indices() : orNull(numbers.indices()));
    Integer winner = numbers.winner();
    result.put("winner", winner);
    if (named) {
      result.put("winnerName", winner == null ? null : bidders.get(winner).name());
    }
    // Welfare sums over stopping times, which have no closed form for normal arms.
    if (bidders.stream().noneMatch(bidder -> bidder.arm().arm() instanceof NormalArm)) {
      result.put("welfare", numbers.welfare());
      result.put("welfareWithout", numbers.welfareWithout());
      result.put("payments", numbers.payments());
    }
    if (revenue != null) {
      result.put("alpha", numbers.alpha());
      result.put("beta", numbers.beta());
    }
    if (named) {
      result.put("top", top(numbers.indices()));
    }
    Outcome auction = new Outcome(result, numbers.certificate());
    if (revenue == null || !revenue.any()) {
      return auction;
    }
    Map<String, @Nullable Object> timing = RevenuePhase.add(this, revenue, resources, auction);
    return new Outcome(result, numbers.certificate(), timing, List.of());
  }

  /** Excluded bidders have no index. */
  private static List<@Nullable Double> orNull(double[] indices) {
    List<@Nullable Double> all = new ArrayList<>(indices.length);
    for (double index : indices) {
      all.add(Double.isNaN(index) ? null : (Double) index);
    }
    return all;
  }

  /** The bidders with the highest indices; of equal ones, the first in the job goes first. */
  private List<Map<String, @Nullable Object>> top(double[] indices) {
    return IntStream.range(0, indices.length)
        .filter(i -> !Double.isNaN(indices[i]))
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> -indices[i]).thenComparing(i -> i))
        .limit(TOP)
        .map(
            i -> {
              Map<String, @Nullable Object> row = new LinkedHashMap<>();
              row.put("name", bidders.get(i).name());
              row.put("bidder", i);
              row.put("index", indices[i]);
              row.put("meanValue", bidders.get(i).meanValue());
              return row;
            })
        .toList();
  }
}
