package bellwether.batch.mdp;

import bellwether.batch.array.NumberArrays;
import bellwether.batch.array.NumberTable;
import bellwether.batch.array.TableReader;
import bellwether.batch.tree.Fields;
import bellwether.batch.tree.KeyPath;
import bellwether.batch.tree.Mistakes;
import bellwether.batch.tree.Node;
import bellwether.batch.tree.Shown;
import bellwether.core.mdp.DenseMdp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a model with whole matrices: rewards [s][a] or [s][a][t], transition [a][s][t]. */
final class DenseModelReader {
  private static final String REWARDS =
      "rewards [s][a] or [s][a][t]: nested lists, or {file: r.npy}";

  private final Mistakes mistakes;
  private final TableReader tables;

  DenseModelReader(Mistakes mistakes, NumberArrays arrays) {
    this.mistakes = mistakes;
    this.tables = new TableReader(mistakes, arrays);
  }

  @Nullable MdpSource read(Fields model) {
    Node rewardNode = model.required("rewards", REWARDS);
    Node transitionNode = model.required("transition", TransitionLayers.ALLOWED);
    KeyPath rewardPath = model.path().key("rewards");
    NumberTable rewards =
        rewardNode == null ? null : tables.table(rewardNode, rewardPath, 2, 3, REWARDS);
    if (rewards == null) {
      return null;
    }
    int states = rewards.side(0);
    int actions = rewards.side(1);
    if (rewards.dimensions() == 3 && rewards.side(2) != states) {
      rewards.wrong("wrong shape", rewards.shape(), states + " x " + actions + " x " + states);
      return null;
    }
    ActionSets sets = ActionSets.read(model, states, actions);
    if (transitionNode == null || sets == null) {
      return null;
    }
    KeyPath path = model.path().key("transition");
    List<TransitionLayers.Layer> layers =
        new TransitionLayers(mistakes, tables).read(transitionNode, path, actions, states, false);
    if (layers.isEmpty()) {
      return null;
    }
    String refusal = MdpSize.dense(states, sets.rows()).refusal(0);
    if (refusal != null) {
      mistakes.add(model.position(), model.path(), refusal);
      return null;
    }
    long before = mistakes.count();
    for (int s = 0; s < states && mistakes.count() - before <= Mistakes.TOLD; s++) {
      for (int a = 0; a < actions; a++) {
        if (sets.allowed(s, a)) {
          layers.get(a).check(s);
          checkRewards(rewards, s * actions + a);
        }
      }
    }
    return mistakes.count() > before ? null : MdpSource.of(model(sets, rewards, layers));
  }

  private static void checkRewards(NumberTable rewards, int row) {
    int width = rewards.dimensions() == 3 ? rewards.side(2) : 1;
    for (int flat = row * width; flat < (row + 1) * width; flat++) {
      double reward = rewards.values()[flat];
      if (!Double.isFinite(reward)) {
        rewards.wrong(
            flat,
            "not a finite number",
            Double.isNaN(reward) ? "none" : Shown.number(reward),
            "a finite number, because the action is allowed");
      }
    }
  }

  private static DenseMdp model(
      ActionSets sets, NumberTable rewards, List<TransitionLayers.Layer> layers) {
    int states = rewards.side(0);
    int actions = rewards.side(1);
    boolean moves = rewards.dimensions() == 3;
    DenseMdp.RowFiller filler =
        (s, a, target, offset) -> {
          layers.get(a).copyRow(s, target, offset);
          int row = s * actions + a;
          if (!moves) {
            return rewards.values()[row];
          }
          double sum = 0;
          for (int t = 0; t < states; t++) {
            sum = Math.fma(target[offset + t], rewards.values()[row * states + t], sum);
          }
          return sum;
        };
    return sets.all()
        ? DenseMdp.of(states, actions, filler)
        : DenseMdp.of(states, actions, sets.firstRow(), sets.rowAction(), filler);
  }
}
