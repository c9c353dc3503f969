package bellwether.mechanisms.contract;

/**
 * The contract of a menu that has some price.
 *
 * @param price per purchase
 * @param type the lowest type whose contract it is; NaN if there is none
 * @param upfront payment; NaN if there is none
 * @param types how many separate types have this price: more than 1 where prices do not fall in the
 *     type, and then with different upfront payments
 * @param flat whether a whole interval of types has it
 */
public record PricedContract(double price, double type, double upfront, int types, boolean flat) {}
