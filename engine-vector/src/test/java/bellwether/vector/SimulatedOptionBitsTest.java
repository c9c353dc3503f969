package bellwether.vector;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.core.kernel.Kernels;
import bellwether.core.kernel.ScalarKernels;
import bellwether.core.parallel.Workers;
import bellwether.core.stopping.Market;
import bellwether.core.stopping.SimulatedOption;
import bellwether.core.stopping.SimulationOptions;
import org.junit.jupiter.api.Test;

/** Simulated options are the same bits with vectors as without. */
class SimulatedOptionBitsTest {
  @Test
  void kernelsDoNotChangeABit() {
    Kernels vector = Kernels.named("vector");
    SimulationOptions some = new SimulationOptions(3000, 2500, 3, 4, 40, 5, _ -> {});
    Market market = new Market(100, 0.05, 0.1, 0.2);
    try (Workers one = Workers.of(1);
        Workers two = Workers.of(2)) {
      assertThat(SimulatedOption.put(market, 100, 1, 7, some, vector, two))
          .isEqualTo(SimulatedOption.put(market, 100, 1, 7, some, ScalarKernels.INSTANCE, one));
      assertThat(SimulatedOption.maxCall(market, 100, 3, 4, 5, some, vector, two))
          .isEqualTo(
              SimulatedOption.maxCall(market, 100, 3, 4, 5, some, ScalarKernels.INSTANCE, one));
    }
  }
}
