package bellwether.mechanisms.auction;

/** Placeholder for the first build. */
public final class BanditAuction {
  private BanditAuction() {}
}
