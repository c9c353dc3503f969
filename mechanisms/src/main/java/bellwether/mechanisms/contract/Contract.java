package bellwether.mechanisms.contract;

/**
 * What one type chooses from a menu, and what it expects of it.
 *
 * @param type s0
 * @param participates whether it ever buys
 * @param alpha what its value counts: 1 - h A' / A, or 1 of additive values
 * @param price at which it may buy in every period; NaN if it does not participate
 * @param upfront what it pays at the beginning; NaN if it does not participate
 * @param utility what it expects to gain; 0 if it does not participate
 * @param expectedPurchases discounted
 */
public record Contract(
    double type,
    boolean participates,
    double alpha,
    double price,
    double upfront,
    double utility,
    double expectedPurchases) {}
