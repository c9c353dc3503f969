package bellwether.batch.mdp;

import bellwether.batch.tree.Fields;
import bellwether.batch.tree.Mistakes;
import bellwether.core.mdp.Mdp;
import bellwether.core.mdp.MdpGenerators;
import bellwether.core.parallel.Workers;
import org.jspecify.annotations.Nullable;

/** Reads which of the benchmark models is meant; it is made when it is solved. */
final class GeneratedModelReader {
  private static final int MOST = Integer.MAX_VALUE - 8;
  private static final String COUNT = "an integer from 1 to " + MOST;

  private GeneratedModelReader() {}

  /** A model that is made from a few numbers. */
  private record Generated(
      String type, int states, int actions, int branching, int halfWidth, long seed)
      implements MdpSource {
    @Override
    public Mdp model(Workers workers) {
      return switch (type) {
        case "garnet" -> MdpGenerators.garnet(states, actions, branching, seed, workers);
        case "ring" -> MdpGenerators.ring(states, actions, branching, halfWidth, seed, workers);
        default -> MdpGenerators.denseRandom(states, actions, seed, workers);
      };
    }
  }

  static @Nullable MdpSource read(String type, Fields model) {
    Mistakes mistakes = model.mistakes();
    long before = mistakes.count();
    int states = (int) model.integer("states", 1, MOST, COUNT);
    int actions = (int) model.integer("actions", 1, MOST, COUNT);
    String anySeed = "an integer from " + Long.MIN_VALUE + " to " + Long.MAX_VALUE;
    long seed = model.integer("seed", Long.MIN_VALUE, Long.MAX_VALUE, anySeed, MdpGenerators.SEED);
    if (mistakes.count() > before) {
      return null;
    }
    int halfWidth = 0;
    int branching = 1;
    if (!type.equals("denseRandom")) {
      int reach = states;
      if (type.equals("ring")) {
        halfWidth =
            (int)
                model.integer("halfWidth", 0, states, "an integer from 0 to states, " + states, 50);
        if (mistakes.count() > before) {
          return null;
        }
        reach = (int) Math.min(states, 2L * halfWidth + 1);
      }
      int most = Math.min(reach, MdpGenerators.MOST_BRANCHES);
      String allowed =
          "an integer from 1 to "
              + most
              + (most < reach ? "" : type.equals("ring") ? ", what is in reach" : ", the states");
      branching = (int) model.integer("branching", 1, most, allowed);
    }
    if (mistakes.count() > before) {
      return null;
    }
    double rows = (double) states * actions;
    MdpSize size =
        type.equals("denseRandom")
            ? MdpSize.dense(states, rows)
            : MdpSize.sparse(states, rows, rows * branching);
    String refusal = size.refusal(0);
    if (refusal != null) {
      mistakes.add(model.position(), model.path(), refusal);
      return null;
    }
    return new Generated(type, states, actions, branching, halfWidth, seed);
  }
}
