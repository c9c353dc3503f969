package bellwether.batch.kind;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The only class of the batch that calls the auctions of {@code mechanisms}.
 *
 * <p>Until those are merged, bidders whose arms never change are solved here, by the second-price
 * rule that the auction comes to (KLN 5.2.2), and the others are refused.
 */
final class AuctionSolver {
  private AuctionSolver() {}

  /**
   * What the solver finds.
   *
   * @param indices of each bidder's arm in its state
   * @param winner the bidder with the largest index, if that exceeds the outside value, else null
   * @param welfare null when an arm is normal, as are the next two
   * @param welfareWithout of all but bidder i
   * @param payments the winner's, 0 for the others
   * @param certificate what bounds the error
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Numbers(
      double[] indices,
      @Nullable Integer winner,
      @Nullable Double welfare,
      double @Nullable [] welfareWithout,
      double @Nullable [] payments,
      Map<String, @Nullable Object> certificate) {}

  static Numbers solve(
      double discount, double outsideValue, List<Bidder> bidders, Resources resources)
      throws JobFailedException {
    IndexSolver solver = new IndexSolver(discount, resources);
    double[] indices = new double[bidders.size()];
    for (int i = 0; i < indices.length; i++) {
      Object found = solver.indices(bidders.get(i).arm());
      if (!(found instanceof double[] states) || states.length > 1) {
        throw new JobFailedException("banditAuction cannot be solved yet for arms that change");
      }
      indices[i] = states[bidders.get(i).state()];
    }
    double[] payments = new double[indices.length];
    double[] without = new double[indices.length];
    for (int i = 0; i < indices.length; i++) {
      without[i] = Math.max(outsideValue, largest(indices, i)) / (1 - discount);
    }
    double best = largest(indices, -1);
    Integer winner = null;
    for (int i = 0; i < indices.length && winner == null; i++) {
      if (indices[i] == best && best > outsideValue) {
        winner = i;
        payments[i] = (1 - discount) * without[i];
      }
    }
    Map<String, @Nullable Object> certificate = new LinkedHashMap<>(solver.certificate());
    double welfare = Math.max(outsideValue, best) / (1 - discount);
    return new Numbers(indices, winner, welfare, without, payments, certificate);
  }

  private static double largest(double[] values, int except) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < values.length; i++) {
      if (i != except) {
        largest = Math.max(largest, values[i]);
      }
    }
    return largest;
  }
}
