package bellwether.batch.kind;

import bellwether.mechanisms.contract.Contract;
import bellwether.mechanisms.contract.ContractMenu;
import bellwether.mechanisms.contract.MenuAudit;
import bellwether.mechanisms.contract.PricedContract;
import bellwether.mechanisms.contract.Signal;
import bellwether.mechanisms.virtual.PrivateType;
import bellwether.mechanisms.virtual.TypeInterval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * A menu to be found.
 *
 * @param horizon 0 for no end
 * @param types whose choices to give, or null
 * @param prices whose contracts to give, or null
 */
@SuppressWarnings("ArrayRecordComponent")
record ContractMenuJob(
    PrivateType type,
    Signal signal,
    double discount,
    int horizon,
    double cost,
    double @Nullable [] types,
    double @Nullable [] prices,
    @Nullable Audit audit)
    implements Job {
  /** What rounding may do, relative to the largest sums. */
  private static final double ROUNDING = 1e-13;

  /**
   * Types to try.
   *
   * @param grid how many
   */
  record Audit(int grid, double low, double high) {}

  @Override
  public Outcome solve(Resources resources) throws JobFailedException {
    ContractMenu menu;
    try {
      resources.progress().accept("menu");
      menu = ContractMenu.of(type, signal, discount, horizon, cost);
    } catch (IllegalArgumentException e) {
      throw new JobFailedException(String.valueOf(e.getMessage()), e);
    }
    if (!Double.isFinite(menu.expectedProfit())) {
      throw new JobFailedException(
          "the expected profit is not a finite number: values grow too fast in the type");
    }
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    Map<String, @Nullable Object> certificate = new LinkedHashMap<>();
    certificate.put("method", menu.method());
    double threshold = menu.threshold();
    result.put("threshold", Double.isFinite(threshold) ? threshold : null);
    if (Double.isNaN(threshold)) {
      certificate.put("threshold", "no type ever buys");
    } else if (Double.isInfinite(threshold)) {
      certificate.put("threshold", "-infinity: every type may buy");
    }
    double largest = Math.abs(menu.expectedProfit());
    double error = menu.profitError();
    double[] asked = types;
    if (asked != null) {
      Contract[] choices = new Contract[asked.length];
      resources.progress().accept("choices of " + asked.length + " types");
      resources.workers().forEach(asked.length, i -> choices[i] = menu.contract(asked[i]));
      for (Contract contract : choices) {
        if (contract.participates()) {
          largest = Math.max(largest, Math.abs(contract.upfront()) + contract.utility());
          error = Math.max(error, menu.utilityError(contract.type()));
        }
      }
      result.put("choices", choices(List.of(choices)));
    }
    double[] given = prices;
    if (given != null) {
      PricedContract[] found = new PricedContract[given.length];
      resources.progress().accept("contracts of " + given.length + " prices");
      resources.workers().forEach(given.length, i -> found[i] = menu.contractAtPrice(given[i]));
      List<PricedContract> contracts = List.of(found);
      for (PricedContract contract : contracts) {
        if (contract.types() > 0) {
          largest = Math.max(largest, Math.abs(contract.upfront()));
          error = Math.max(error, menu.utilityError(contract.type()));
        }
      }
      Map<String, @Nullable Object> prices = new LinkedHashMap<>();
      prices.put("type", numbers(contracts, PricedContract::type));
      prices.put("upfront", numbers(contracts, PricedContract::upfront));
      result.put("menu", prices);
      if (contracts.stream().anyMatch(c -> c.types() == 0)) {
        certificate.put("menu", "null: no contract has this price");
      }
      if (contracts.stream().anyMatch(c -> c.types() > 1)) {
        certificate.put("menuTypes", "several types have a price: the lowest is given");
      }
    }
    result.put("expectedProfit", menu.expectedProfit());
    if (audit != null) {
      MenuAudit found =
          MenuAudit.of(
              menu,
              audit.grid(),
              audit.low(),
              audit.high(),
              resources.workers(),
              resources.progress());
      Map<String, @Nullable Object> lies = new LinkedHashMap<>();
      lies.put("maxIncentiveGain", found.maxIncentiveGain());
      lies.put("minUtility", found.minUtility());
      if (found.maxIncentiveGain() > ROUNDING * (1 + largest)) {
        lies.put("type", found.type());
        lies.put("report", found.report());
      }
      result.put("audit", lies);
    }
    certificate.put("errorBound", error + ROUNDING * largest);
    assumptions(menu, certificate);
    return new Outcome(result, certificate);
  }

  private void assumptions(ContractMenu menu, Map<String, @Nullable Object> certificate) {
    List<TypeInterval> rises = menu.priceRises();
    List<TypeInterval> gaps = menu.exclusionGaps();
    certificate.put("menuMonotone", rises.isEmpty() && gaps.isEmpty());
    RegularityResult.put("priceRises", rises, certificate);
    RegularityResult.put("unservedAboveServed", gaps, certificate);
    certificate.put("regularity", RegularityResult.of(type, false));
  }

  private static Map<String, @Nullable Object> choices(List<Contract> choices) {
    Map<String, @Nullable Object> lists = new LinkedHashMap<>();
    lists.put("participates", choices.stream().map(Contract::participates).toList());
    lists.put("alpha", numbers(choices, Contract::alpha));
    lists.put("price", numbers(choices, Contract::price));
    lists.put("upfront", numbers(choices, Contract::upfront));
    lists.put("utility", numbers(choices, Contract::utility));
    lists.put("expectedPurchases", numbers(choices, Contract::expectedPurchases));
    return lists;
  }

  /** Numbers, null where there is none. */
  private static <T> List<@Nullable Double> numbers(List<T> items, ToDoubleFunction<T> number) {
    List<@Nullable Double> numbers = new ArrayList<>(items.size());
    for (T item : items) {
      double value = number.applyAsDouble(item);
      numbers.add(Double.isNaN(value) ? null : value);
    }
    return numbers;
  }
}
