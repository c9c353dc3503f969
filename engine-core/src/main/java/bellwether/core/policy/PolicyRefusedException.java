package bellwether.core.policy;

/** A policy that a bandit cannot have; the message is one sentence. */
public final class PolicyRefusedException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  PolicyRefusedException(String message) {
    super(message);
  }
}
