package bellwether.core.mdp;

import bellwether.core.kernel.Kernels;
import bellwether.core.parallel.Team;
import bellwether.core.parallel.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * W and every W_-i of an environment: W(theta) = max_a r(theta, a) + d E[W | theta, a], and W_-i
 * the same with r less agent i's value, over the same actions. That is what the pivot mechanism's
 * payments are made of (Bergemann and Valimaki 2010).
 *
 * <p>An agent whose value does not count influences nobody else's type, so W_-i is a function of
 * the others' types alone and takes a share of 1 / types_i of the work of W. All are swept side by
 * side, one parallel loop for the n + 1 vectors, until each has the error that was asked for.
 * Agents that restrict the actions in some of their types, such as public states, stay in W_-i
 * without value.
 */
public final class ProductWelfare {
  private ProductWelfare() {}

  /**
   * Solves for the welfare with and without each agent, over an infinite horizon.
   *
   * @param environment the agents, and the designer's value
   * @param discount in [0, 1)
   * @param options the start is that of W; progress hears the largest gap
   * @throws IllegalArgumentException when the discount is not in [0, 1), the start does not fit,
   *     rewards overflow, or the vectors do not fit in the heap
   * @throws java.util.concurrent.CancellationException when the thread is interrupted
   */
  public static WelfareSolution solve(
      ProductMdp environment, double discount, SolveOptions options, Workers workers) {
    int[] everybody = new int[environment.agents()];
    Arrays.setAll(everybody, i -> i);
    return solve(environment, discount, options, everybody, workers);
  }

  /**
   * Solves for the welfare, and the welfare without each of some agents: public states are agents
   * that nobody leaves out.
   *
   * @param leftOut agents, each left out once, in the order of {@link WelfareSolution#without}
   * @throws IndexOutOfBoundsException when one of them does not exist
   */
  public static WelfareSolution solve(
      ProductMdp environment,
      double discount,
      SolveOptions options,
      int[] leftOut,
      Workers workers) {
    MdpProblem problem = MdpProblem.maximize(environment, discount);
    if (!(discount < 1)) {
      throw new IllegalArgumentException("discount must be below 1: " + discount);
    }
    MdpSolver.checkVector("initial", options.initial(), environment.states());
    Round round = new Round();
    List<ProductMdp> others = new ArrayList<>();
    for (int i : leftOut) {
      ProductMdp model = environment.without(Objects.checkIndex(i, environment.agents()));
      others.add(model);
    }
    List<ProductMdp> models = new ArrayList<>(others);
    models.add(environment);
    ProductIteration.checkMemory(
        ProductLayout.DEFAULT, discount, models.toArray(ProductMdp[]::new));
    round.add(problem, environment, options);
    for (ProductMdp model : others) {
      round.add(problem, model, options.from(null));
    }
    try (Team team = new Team(workers)) {
      round.run(options.progress() == null ? (sweeps, gap) -> true : options.progress(), team);
      List<Solution> without = new ArrayList<>();
      for (int i = 1; i < round.iterations.size(); i++) {
        without.add(round.iterations.get(i).solution(team));
      }
      return new WelfareSolution(round.iterations.get(0).solution(team), without);
    }
  }

  /** Several models that are swept side by side. */
  private static final class Round {
    private final List<ProductIteration> iterations = new ArrayList<>();
    private double gap;
    private boolean goOn = true;

    void add(MdpProblem problem, ProductMdp model, SolveOptions options) {
      SolveProgress listener =
          (sweeps, own) -> {
            gap = Math.max(gap, own);
            return goOn;
          };
      iterations.add(
          new ProductIteration(
              problem, model, options.reporting(listener), ProductLayout.DEFAULT, Kernels.best()));
    }

    void run(SolveProgress progress, Team team) {
      List<ProductIteration> open = new ArrayList<>(iterations);
      long sweeps = 0;
      while (!open.isEmpty()) {
        Workers.checkInterrupted();
        int[] end = new int[open.size()];
        int pieces = 0;
        for (int k = 0; k < end.length; k++) {
          open.get(k).begin();
          pieces += open.get(k).sweep().pieces();
          end[k] = pieces;
        }
        List<ProductIteration> swept = List.copyOf(open);
        team.forEach(
            pieces,
            piece -> {
              int k = 0;
              while (piece >= end[k]) {
                k++;
              }
              swept.get(k).sweep().run(piece - (k == 0 ? 0 : end[k - 1]));
            });
        gap = 0;
        for (ProductIteration iteration : swept) {
          iteration.end(team);
        }
        sweeps++;
        open.removeIf(ProductIteration::done);
        goOn = goOn && progress.report(sweeps, gap);
      }
    }
  }
}
