package bellwether.mechanisms.auction;

/**
 * What an arm's rewards are worth to a bidder, and what that counts.
 *
 * @param value from the arm's reward, {@link Contestant#rewardScale} included, to the bidder's own
 *     value, in which it pays
 * @param weight from the bidder's own value to the objective
 */
public record Terms(AffineMap value, AffineMap weight) {
  /** Rewards are values and count as they are. */
  public static final Terms AS_THEY_ARE = new Terms(AffineMap.IDENTITY, AffineMap.IDENTITY);

  /** From the arm's reward to the objective. */
  public AffineMap objective() {
    return weight.after(value);
  }
}
