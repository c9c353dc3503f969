package bellwether.batch.kind;

import bellwether.core.path.PathBlock;
import bellwether.core.path.PathProcess;

/** Stands for a process that could not be read, while the rest of its job is; never simulated. */
final class ReadNothing implements PathProcess {
  @Override
  public void begin(PathBlock block) {
    throw new IllegalStateException("there were mistakes");
  }

  @Override
  public void advance(PathBlock block, double from, double to) {
    throw new IllegalStateException("there were mistakes");
  }
}
