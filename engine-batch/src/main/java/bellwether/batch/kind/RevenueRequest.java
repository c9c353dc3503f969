package bellwether.batch.kind;

import bellwether.batch.tree.Fields;
import bellwether.batch.tree.Mistakes;
import bellwether.batch.tree.Node;
import bellwether.core.bandit.BetaBernoulliArm;
import bellwether.core.bandit.FiniteArm;
import java.util.List;

/**
 * What an auction for revenue is asked beside the auction.
 *
 * @param subscription whether to report the subscription phase
 * @param profit whether to report the expected profit
 * @param draws of initial types for it, 0 for none
 * @param shifts of the points
 * @param seed of the shifts
 */
record RevenueRequest(boolean subscription, boolean profit, long draws, int shifts, long seed) {
  /** The keys at the top of a job that ask. */
  static final List<String> KEYS = List.of("subscription", "profit");

  private static final List<String> PROFIT = List.of("draws", "shifts");
  private static final long DRAWS = 100_000;
  private static final long MOST_DRAWS = 100_000_000;
  private static final int SHIFTS = 16;
  private static final int MOST_SHIFTS = 1024;
  private static final String EITHER = "true, false or an object with draws and shifts";

  /** Whether tables of the arms are needed. */
  boolean any() {
    return subscription || profit;
  }

  static RevenueRequest read(Fields job, CommonKeys common) {
    Mistakes mistakes = job.mistakes();
    Node subscription = job.optional("subscription");
    if (subscription != null && !(subscription instanceof Node.BooleanNode)) {
      wrong(job, "subscription", "not a truth value", subscription, "true or false");
    }
    boolean subscribes = subscription instanceof Node.BooleanNode bool && bool.value();
    Node profit = job.optional("profit");
    Long seed = common.seed();
    long root = seed == null ? 1 : seed;
    if (profit instanceof Node.ObjectNode object) {
      Fields fields = new Fields(object, job.path().key("profit"), mistakes, PROFIT);
      String most = "an integer from 2 to " + MOST_SHIFTS;
      int shifts = (int) fields.integer("shifts", 2, MOST_SHIFTS, most, SHIFTS);
      String all = "an integer from " + shifts + " (one for each shift) to " + MOST_DRAWS;
      long draws = fields.integer("draws", shifts, MOST_DRAWS, all, Math.max(DRAWS, shifts));
      return new RevenueRequest(subscribes, true, draws, shifts, root);
    }
    if (profit != null && !(profit instanceof Node.BooleanNode)) {
      wrong(job, "profit", "neither a truth value nor an object", profit, EITHER);
    }
    boolean asked = profit instanceof Node.BooleanNode bool && bool.value();
    return new RevenueRequest(subscribes, asked, 0, SHIFTS, root);
  }

  /** Tells of keys that a job for welfare has no use for. */
  static void refuse(Fields job) {
    for (String key : KEYS) {
      Node node = job.optional(key);
      if (node != null) {
        wrong(job, key, "only where the objective is revenue", node, "no " + key);
      }
    }
  }

  /** Tells of arms whose retirement cannot be listed. */
  void check(Fields job, List<Bidder> bidders) {
    for (int i = 0; i < bidders.size(); i++) {
      Object arm = bidders.get(i).arm().arm();
      if (!(arm instanceof FiniteArm || arm instanceof BetaBernoulliArm)) {
        for (String key : KEYS) {
          Node node = job.optional(key);
          if (node != null && any()) {
            wrong(
                job,
                key,
                "not with the arm of bidder " + i,
                node,
                "only markov, random and betaBernoulli arms beside it");
          }
        }
        return;
      }
    }
  }

  private static void wrong(Fields job, String key, String wrong, Node node, String allowed) {
    job.mistakes().add(node.position(), job.path().key(key), wrong, node.shown(), allowed);
  }
}
