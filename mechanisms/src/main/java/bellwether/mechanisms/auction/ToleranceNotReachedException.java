package bellwether.mechanisms.auction;

/** Bounds did not come as close together as was asked. */
public final class ToleranceNotReachedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ToleranceNotReachedException(String message) {
    super(message);
  }
}
