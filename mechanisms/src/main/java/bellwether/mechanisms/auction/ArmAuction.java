package bellwether.mechanisms.auction;

import bellwether.core.bandit.BetaBernoulliArm;
import bellwether.core.bandit.BetaBernoulliIndex;
import bellwether.core.bandit.BetaBernoulliRetirement;
import bellwether.core.bandit.DirichletArm;
import bellwether.core.bandit.DirichletIndex;
import bellwether.core.bandit.DirichletRetirement;
import bellwether.core.bandit.FiniteArm;
import bellwether.core.bandit.IndexBracket;
import bellwether.core.bandit.IndexTable;
import bellwether.core.bandit.NormalArm;
import bellwether.core.bandit.NormalIndex;
import bellwether.core.bandit.RetirementSteps;
import bellwether.core.kernel.Kernels;
import bellwether.core.parallel.Workers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A bandit auction from the bidders' arms: indices by the solver that each arm calls for, then
 * winner, payments and welfare by {@link BanditAuction}.
 *
 * <p>Cost: 2/3 n^3 flops for every distinct finite arm of n states and n^2 for every distinct state
 * bidders are in; O(N^1.5) for a Beta-Bernoulli arm of horizon N and each of its evaluations, N^K /
 * K! for a Dirichlet arm of K categories; one sweep over all breakpoints.
 */
public final class ArmAuction {
  private static final double DIRICHLET_TOLERANCE = 1e-8;

  private final double[] indices;
  private final double indexErrorBound;
  private final OptionalInt winner;
  private final boolean bracketed;
  private final @Nullable BanditAuction auction;

  private ArmAuction(
      double[] indices,
      double indexErrorBound,
      OptionalInt winner,
      boolean bracketed,
      @Nullable BanditAuction auction) {
    this.indices = indices;
    this.indexErrorBound = indexErrorBound;
    this.winner = winner;
    this.bracketed = bracketed;
    this.auction = auction;
  }

  /**
   * Holds the auction.
   *
   * @param contestants any number
   * @param discount delta, in [0, 1)
   * @param outsideValue of nobody winning, a period
   * @param options how closely to bracket the welfare of Beta-Bernoulli arms
   * @throws IllegalArgumentException naming the first argument that is not allowed
   * @throws ToleranceNotReachedException as {@link BanditWelfare#of}
   * @throws java.util.concurrent.CancellationException when the thread is interrupted
   */
  public static ArmAuction hold(
      List<Contestant> contestants,
      double discount,
      double outsideValue,
      CurveOptions options,
      Kernels kernels,
      Workers workers) {
    return hold(contestants, discount, outsideValue, options, List.of(), kernels, workers);
  }

  /**
   * As above, with tables of indices. The bracket of a Beta-Bernoulli arm comes from the first
   * table for this discount that has the arm in a bracket no wider than {@link
   * IndexBracket#defaultTolerance(double)}; it is computed where none has.
   */
  public static ArmAuction hold(
      List<Contestant> contestants,
      double discount,
      double outsideValue,
      CurveOptions options,
      List<IndexTable> tables,
      Kernels kernels,
      Workers workers) {
    List<Terms> terms = Collections.nCopies(contestants.size(), Terms.AS_THEY_ARE);
    return hold(contestants, terms, discount, outsideValue, options, tables, kernels, workers);
  }

  /**
   * As above, for another objective than welfare.
   *
   * @param terms one for each contestant
   * @param outsideValue of nobody winning, a period, in units of the objective
   */
  public static ArmAuction hold(
      List<Contestant> contestants,
      List<Terms> terms,
      double discount,
      double outsideValue,
      CurveOptions options,
      List<IndexTable> tables,
      Kernels kernels,
      Workers workers) {
    if (terms.size() != contestants.size()) {
      throw new IllegalArgumentException(
          "terms must have one entry a contestant, " + contestants.size() + ": " + terms.size());
    }
    FiniteArms finite = new FiniteArms(contestants, terms, discount, kernels, workers);
    @Nullable IndexBracket[] brackets = brackets(contestants, discount, tables, kernels, workers);
    double[] indices = new double[contestants.size()];
    double error = finite.errorBound();
    boolean normal = false;
    boolean beta = false;
    for (int i = 0; i < indices.length; i++) {
      Contestant contestant = contestants.get(i);
      IndexBracket bracket = brackets[i];
      if (bracket == null) {
        indices[i] = finite.index(i);
        continue;
      }
      AffineMap objective = terms.get(i).objective();
      indices[i] = objective.apply(bracket.index() * contestant.rewardScale());
      error = Math.max(error, bracket.width() * contestant.rewardScale() * objective.scale());
      normal |= contestant.arm() instanceof NormalArm;
      beta |= !(contestant.arm() instanceof NormalArm);
    }
    if (normal) {
      OptionalInt winner = BanditAuction.winner(indices, outsideValue);
      return new ArmAuction(indices, error, winner, false, null);
    }
    List<Bidder> bidders =
        bidders(contestants, terms, finite, brackets, indices, discount, options, kernels);
    BanditAuction auction =
        BanditAuction.hold(bidders, indices, discount, outsideValue, options, workers);
    return new ArmAuction(indices, error, auction.winner(), beta, auction);
  }

  /** The brackets of Bayesian arms, each distinct one computed once; null for finite arms. */
  private static @Nullable IndexBracket[] brackets(
      List<Contestant> contestants,
      double discount,
      List<IndexTable> tables,
      Kernels kernels,
      Workers workers) {
    Map<Object, Integer> places = new LinkedHashMap<>();
    for (Contestant contestant : contestants) {
      if (!(contestant.arm() instanceof FiniteArm)) {
        places.putIfAbsent(contestant.arm(), places.size());
      }
    }
    List<Object> arms = List.copyOf(places.keySet());
    IndexBracket[] found = new IndexBracket[arms.size()];
    double tolerance = IndexBracket.defaultTolerance(discount);
    workers.forEach(
        found.length,
        k ->
            found[k] =
                switch (arms.get(k)) {
                  case BetaBernoulliArm beta -> bracket(beta, discount, tables, kernels);
                  case DirichletArm dirichlet -> bracket(dirichlet, discount);
                  case Object arm -> NormalIndex.of((NormalArm) arm, discount, tolerance);
                });
    @Nullable IndexBracket[] brackets = new IndexBracket[contestants.size()];
    for (int i = 0; i < brackets.length; i++) {
      Integer place = places.get(contestants.get(i).arm());
      brackets[i] = place == null ? null : found[place];
    }
    return brackets;
  }

  /** A bracket of 1e-8 of the values' span: cells grow with the power of the categories. */
  private static IndexBracket bracket(DirichletArm arm, double discount) {
    double low = arm.value(0);
    double high = low;
    for (int k = 1; k < arm.categories(); k++) {
      low = Math.min(low, arm.value(k));
      high = Math.max(high, arm.value(k));
    }
    double tolerance = DIRICHLET_TOLERANCE * (high > low ? high - low : 1);
    return DirichletIndex.of(arm, discount, tolerance);
  }

  private static IndexBracket bracket(
      BetaBernoulliArm arm, double discount, List<IndexTable> tables, Kernels kernels) {
    for (IndexTable table : tables) {
      IndexBracket known = table.discount() == discount ? table.bracket(arm) : null;
      if (known != null && known.width() <= IndexBracket.defaultTolerance(discount)) {
        return known;
      }
    }
    double mean = arm.alpha() / (arm.alpha() + arm.beta());
    return BetaBernoulliIndex.of(
        arm, discount, IndexBracket.defaultTolerance(discount, mean), kernels);
  }

  private static List<Bidder> bidders(
      List<Contestant> contestants,
      List<Terms> terms,
      FiniteArms finite,
      @Nullable IndexBracket[] brackets,
      double[] indices,
      double discount,
      CurveOptions options,
      Kernels kernels) {
    double largest = 0;
    Map<Object, Double> scales = new HashMap<>();
    for (int i = 0; i < indices.length; i++) {
      if (brackets[i] != null) {
        AffineMap objective = terms.get(i).objective();
        double size = Math.abs(indices[i] - objective.shift());
        largest = Math.max(largest, size / (1 - discount));
        double scale = objective.scale() * contestants.get(i).rewardScale();
        scales.merge(contestants.get(i).arm(), scale, Math::max);
      }
    }
    // The curves' truncation errors add up: together they get a tenth of the bracket.
    double error = 0.1 * options.tolerance() * largest / indices.length;
    Map<BetaBernoulliArm, BetaBernoulliRetirement> curves = new HashMap<>();
    Map<DirichletArm, DirichletRetirement> learners = new HashMap<>();
    List<Bidder> bidders = new ArrayList<>(indices.length);
    for (int i = 0; i < indices.length; i++) {
      Contestant contestant = contestants.get(i);
      AffineMap value = terms.get(i).value().after(AffineMap.scale(contestant.rewardScale()));
      AffineMap weight = terms.get(i).weight();
      RetirementSteps steps = finite.steps(i);
      if (steps != null) {
        bidders.add(new Bidder.Stepped(steps, value, weight));
      } else if (contestant.arm() instanceof BetaBernoulliArm beta) {
        double share = error / Objects.requireNonNull(scales.get(beta));
        IndexBracket known = brackets[i];
        bidders.add(
            new Bidder.Curved(
                curves.computeIfAbsent(
                    beta, b -> BetaBernoulliRetirement.of(b, discount, 1, share, known, kernels)),
                value,
                weight));
      } else if (contestant.arm() instanceof DirichletArm dirichlet) {
        double scale = Objects.requireNonNull(scales.get(dirichlet));
        double share = Math.max(error / scale, Double.MIN_NORMAL);
        bidders.add(
            new Bidder.Curved(
                learners.computeIfAbsent(
                    dirichlet, d -> DirichletRetirement.of(d, discount, share)),
                value,
                weight));
      }
    }
    return bidders;
  }

  /** The index of each bidder's arm in its present state, in units of the objective; a copy. */
  public double[] indices() {
    return indices.clone();
  }

  /** A bound on the error of every index: certificates of finite arms, brackets of the others. */
  public double indexErrorBound() {
    return indexErrorBound;
  }

  /** Who gets the item now, if anybody. */
  public OptionalInt winner() {
    return winner;
  }

  /** Whether the welfare is bracketed, rather than exact up to rounding. */
  public boolean bracketed() {
    return bracketed;
  }

  /** Welfare and payments; null when an arm is normal, whose retirement has no finite form. */
  public @Nullable BanditAuction auction() {
    return auction;
  }
}
