package bellwether.batch.kind;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** All job kinds. */
public final class Kinds {
  /** The kinds in the order of {@code list}. */
  public static final List<JobKind> ALL =
      List.of(
          new GittinsKind(),
          new WhittleKind(),
          new BanditAuctionKind(),
          new MdpKind(),
          new IndexPolicyKind(),
          new OptimalStoppingKind(),
          new EfficientMechanismKind(),
          new AffineMaximizerKind(),
          new BilateralTradeKind(),
          new CorrelatedPopulationKind(),
          new VirtualPivotKind(),
          new ContractMenuKind(),
          new SimulatePathsKind());

  private Kinds() {}

  /** The kind called {@code name}, or null. */
  public static @Nullable JobKind named(String name) {
    for (JobKind kind : ALL) {
      if (kind.name().equals(name)) {
        return kind;
      }
    }
    return null;
  }

  /** The names of all kinds. */
  public static List<String> names() {
    return ALL.stream().map(JobKind::name).toList();
  }
}
