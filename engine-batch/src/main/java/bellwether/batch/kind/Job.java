package bellwether.batch.kind;

/** A job that has been read and found right; it holds all that is needed to solve it. */
public interface Job {
  /**
   * Solves the job.
   *
   * @throws JobFailedException when it cannot be solved, with a sentence for the user
   */
  Outcome solve(Resources resources) throws JobFailedException;
}
