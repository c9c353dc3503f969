package bellwether.batch.mdp;

import bellwether.core.mdp.Mdp;
import bellwether.core.parallel.Workers;
import org.jspecify.annotations.Nullable;

/** A model as a job gives it: read already, or to be made when it is solved. */
public interface MdpSource {
  /** How many states it has. */
  int states();

  /** The states whose values are asked for where the job names none; null for all. */
  default int @Nullable [] initialStates() {
    return null;
  }

  /** The model. */
  Mdp model(Workers workers);

  /** A model that has been read. */
  static MdpSource of(Mdp model) {
    return new MdpSource() {
      @Override
      public int states() {
        return model.states();
      }

      @Override
      public Mdp model(Workers workers) {
        return model;
      }
    };
  }
}
