package bellwether.mechanisms.affine;

import bellwether.core.parallel.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Evaluations of a search: counts them, ends them, and remembers the best. */
final class Trials {
  /** Thrown where an optimizer asks for more evaluations than it was given. */
  static final class BudgetSpentException extends RuntimeException {
    private static final long serialVersionUID = 1;

    BudgetSpentException() {
      super("the budget is spent", null, false, false);
    }
  }

  private final AffineEvaluator evaluator;
  private final Objective objective;
  private final int budget;
  private final Consumer<String> progress;
  private final List<AffineSearch.Improvement> history = new ArrayList<>();
  private int used;
  private int limit;
  private double best = Double.NEGATIVE_INFINITY;
  private AffineRule bestRule;

  Trials(
      AffineEvaluator evaluator,
      Objective objective,
      int budget,
      AffineRule first,
      Consumer<String> progress) {
    this.evaluator = evaluator;
    this.objective = objective;
    this.budget = budget;
    this.progress = progress;
    limit = budget;
    bestRule = first;
  }

  /**
   * The objective of a rule.
   *
   * @throws BudgetSpentException when the limit is reached
   */
  double value(AffineRule rule) {
    if (used >= limit) {
      throw new BudgetSpentException();
    }
    Workers.checkInterrupted();
    used++;
    double value = evaluator.evaluate(rule).mean(objective);
    if (value > best) {
      best = value;
      bestRule = rule;
      history.add(new AffineSearch.Improvement(used, value));
    }
    progress.accept(
        String.format(Locale.ROOT, "evaluation %d of at most %d, best %.8g", used, budget, best));
    return value;
  }

  /** Lets so many evaluations be made, of all. */
  void limit(int evaluations) {
    limit = Math.min(budget, evaluations);
  }

  int used() {
    return used;
  }

  boolean spent() {
    return used >= limit;
  }

  double best() {
    return best;
  }

  AffineRule bestRule() {
    return bestRule;
  }

  List<AffineSearch.Improvement> history() {
    return List.copyOf(history);
  }
}
