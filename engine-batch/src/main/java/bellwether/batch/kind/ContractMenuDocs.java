package bellwether.batch.kind;

import bellwether.batch.distribution.DistributionReader;
import bellwether.batch.mechanism.SignalReader;
import bellwether.batch.tree.Range;
import bellwether.mechanisms.contract.MenuAudit;
import java.util.ArrayList;
import java.util.List;

/** What {@code describe contractMenu} says. */
final class ContractMenuDocs {
  private ContractMenuDocs() {}

  static final List<KeyDoc> KEYS =
      List.of(
          new KeyDoc(
              "discount",
              "a number at least 0 and less than 1, or 1 with a horizon",
              "required",
              "weight of the next period"),
          new KeyDoc(
              "horizon",
              "an integer at least 1, or null",
              "null, infinite",
              "units are bought at t = 1..horizon"),
          new KeyDoc("cost", Range.NOT_NEGATIVE.words(), "required", "of a unit"),
          new KeyDoc("distribution", "a distribution", "required", "of the initial type s0"),
          new KeyDoc("A", "a function of s0", "{type: identity}", "how s0 enters values"),
          new KeyDoc(
              "valuation",
              "multiplicative | additive",
              "multiplicative",
              "v_t = A(s0) B_t, or A(s0) + B_t"),
          new KeyDoc("signal", SignalReader.allowed(), "required", "the process of B_t"),
          new KeyDoc("types", "a list of numbers in the support", "none", "whose choices to give"),
          new KeyDoc(
              "prices", "a list of numbers at least 0", "none", "whose upfront payments to give"),
          new KeyDoc(
              "audit", "an object with the keys below", "none", "tries types with contracts"),
          new KeyDoc(
              "audit.grid",
              "an integer from 2 to " + MenuAudit.MOST_TYPES,
              "required",
              "equally spaced types, ends included"),
          new KeyDoc(
              "audit.low",
              "a number in the support",
              "where the support begins; required if it does not",
              "the lowest"),
          new KeyDoc(
              "audit.high",
              "a number in the support, above low",
              "where the support ends; required if it does not",
              "the highest"));

  static List<String> notes() {
    List<String> notes =
        new ArrayList<>(
            List.of(
                "A type pays upfront once and its price whenever it buys, that is if v_t is at"
                    + " least the price:",
                "cost / alpha, alpha = 1 - h A' / A (no contract if alpha <= 0), or cost + h A' of"
                    + " additive",
                "values; h = (1 - F) / f. upfront = E sum d^t (v_t - price)+ - utility.",
                "Result: threshold, the lowest type that ever buys (null: see the certificate);",
                "expectedProfit; with types: choices, lists over them: participates, alpha, price,",
                "upfront, utility, expectedPurchases (discounted); with prices: menu, lists over"
                    + " them: type",
                "(the lowest that has the price, null if none has) and upfront; with audit:",
                "audit.maxIncentiveGain, the most a type gains by another's contract, and"
                    + " audit.minUtility.",
                "Certificate: errorBound; menuMonotone; where it is not, priceRises (there, types"
                    + " would choose",
                "the contracts of lower ones) and unservedAboveServed; regularity: whether and where"
                    + " the",
                "assumptions on the hazard rate and on A fail.",
                "Functions A: {type: identity}, {type: power, exponent, scale = 1},",
                "{type: affine, intercept, slope}, {type: log1p, scale = 1}.",
                "Signals:"));
    notes.addAll(SignalReader.notes());
    notes.add("Distributions (of s0: all but discrete):");
    notes.addAll(DistributionReader.notes());
    return List.copyOf(notes);
  }

  static final String EXAMPLE =
      """
      job: contractMenu
      discount: 0.9
      cost: 0.3
      distribution: {type: uniform, low: 0, high: 1}
      signal: {type: iid, distribution: {type: exponential, rate: 1}}
      types: [0.5, 0.7, 0.9]
      prices: [0.4]
      audit: {grid: 21}
      """;
}
