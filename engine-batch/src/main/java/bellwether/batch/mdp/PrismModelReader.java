package bellwether.batch.mdp;

import bellwether.batch.array.ArrayFileException;
import bellwether.batch.array.FileReference;
import bellwether.batch.array.NumberArrays;
import bellwether.batch.tree.Fields;
import bellwether.batch.tree.KeyPath;
import bellwether.batch.tree.Mistakes;
import bellwether.batch.tree.Node;
import bellwether.core.mdp.Mdp;
import bellwether.core.parallel.Workers;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads a model that PRISM has exported: transitions (.tra) and rewards of states (.srew), of
 * transitions (.trew) or both. A state's reward counts for every choice in it.
 */
final class PrismModelReader {
  private static final String TRA = "the name of a .tra file";
  private static final String REWARDS =
      "the name of a .srew or .trew file, or a list of one of each";

  private final Mistakes mistakes;
  private final NumberArrays arrays;

  PrismModelReader(Mistakes mistakes, NumberArrays arrays) {
    this.mistakes = mistakes;
    this.arrays = arrays;
  }

  /** A model with the state it starts in. */
  private record Started(MdpSource source, int initial) implements MdpSource {
    @Override
    public int states() {
      return source.states();
    }

    @Override
    public int[] initialStates() {
      return new int[] {initial};
    }

    @Override
    public Mdp model(Workers workers) {
      return source.model(workers);
    }
  }

  @Nullable MdpSource read(Fields model) {
    long before = mistakes.count();
    Node traNode = model.required("tra", TRA);
    Node rewardNode = model.required("rewards", REWARDS);
    if (traNode == null || rewardNode == null) {
      return null;
    }
    KeyPath path = model.path().key("tra");
    FileReference tra = FileReference.of(mistakes, traNode, path, TRA);
    PrismEntries.Header header =
        tra == null ? null : header(tra, PrismEntries.Kind.TRANSITIONS, traNode, path);
    if (tra == null || header == null) {
      return null;
    }
    int states = (int) header.states();
    int initial =
        states == 0
            ? 0
            : (int)
                model.integer("initial", 0, states - 1, "an integer from 0 to " + (states - 1), -1);
    int actions = mostChoices(header);
    if (states == 0) {
      mistakes.add(traNode.position(), path, tra.shown() + ": has no state, allowed: at least 1");
    }
    if (mistakes.count() > before) {
      return null;
    }
    EntryAssembly assembly = new EntryAssembly(mistakes, traNode.position(), path, states, actions);
    if (!assembly.transitions(entries(tra, PrismEntries.Kind.TRANSITIONS, header, traNode, path))) {
      return null;
    }
    KeyPath rewardPath = model.path().key("rewards");
    rewards(assembly, states, rewardNode, rewardPath);
    if (mistakes.count() > before) {
      return null;
    }
    MdpSource source = assembly.finish(rewardNode.position(), rewardPath);
    return source == null || initial < 0 ? source : new Started(source, initial);
  }

  /** Every state has a choice: what is left of them may all be one state's. */
  private static int mostChoices(PrismEntries.Header header) {
    double states = Math.max(1, header.states());
    double most = Math.max(1, header.choices() - states + 1);
    return (int) Math.max(1, Math.min(Math.min(most, 0x1p61 / states / states), 0x1p30));
  }

  private PrismEntries entries(
      FileReference reference,
      PrismEntries.Kind kind,
      PrismEntries.Header header,
      Node node,
      KeyPath path) {
    return new PrismEntries(mistakes, arrays, node.position(), path, reference, kind, header);
  }

  private PrismEntries.@Nullable Header header(
      FileReference reference, PrismEntries.Kind kind, Node node, KeyPath path) {
    try {
      return PrismEntries.header(reference, kind);
    } catch (ArrayFileException e) {
      mistakes.add(node.position(), path, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      mistakes.add(
          node.position(), path, reference.shown() + ": cannot be read: " + e.getMessage());
    }
    return null;
  }

  private void rewards(EntryAssembly assembly, int states, Node node, KeyPath path) {
    boolean many = node instanceof Node.ListNode;
    List<Node> files = node instanceof Node.ListNode list ? list.items() : List.of(node);
    if (files.isEmpty() || files.size() > 2) {
      mistakes.add(node.position(), path, "not one or two files", node.shown(), REWARDS);
      return;
    }
    PrismEntries.Kind first = null;
    for (int i = 0; i < files.size(); i++) {
      Node file = files.get(i);
      KeyPath at = many ? path.index(i) : path;
      PrismEntries.Kind kind = rewardFile(assembly, states, file, at);
      if (kind != null && kind == first) {
        mistakes.add(file.position(), at, "a second file of the same kind", file.shown(), REWARDS);
      }
      first = kind;
    }
  }

  /** Adds the rewards of one file, and says which kind they are; null after a mistake. */
  private PrismEntries.@Nullable Kind rewardFile(
      EntryAssembly assembly, int states, Node node, KeyPath path) {
    FileReference reference = FileReference.of(mistakes, node, path, REWARDS);
    if (reference == null) {
      return null;
    }
    String ending = reference.name().toLowerCase(Locale.ROOT);
    PrismEntries.Kind kind;
    if (ending.endsWith(".srew")) {
      kind = PrismEntries.Kind.STATE_REWARDS;
    } else if (ending.endsWith(".trew")) {
      kind = PrismEntries.Kind.TRANSITION_REWARDS;
    } else {
      mistakes.add(
          node.position(),
          path,
          reference.shown() + ": unknown kind of reward file, allowed: .srew or .trew");
      return null;
    }
    PrismEntries.Header header = header(reference, kind, node, path);
    if (header == null) {
      return null;
    }
    if (header.states() != states) {
      mistakes.add(
          node.position(),
          path,
          reference.shown()
              + ": sizes differ, given "
              + header.states()
              + " states, allowed: "
              + states
              + ", as in the .tra file");
      return null;
    }
    PrismEntries entries = entries(reference, kind, header, node, path);
    if (kind == PrismEntries.Kind.STATE_REWARDS) {
      assembly.stateRewards(entries);
    } else {
      assembly.rewards(entries, kind.width);
    }
    return kind;
  }
}
