/** The ground floor: kernels, parallel loops, arms and their indices. Knows no economics. */
module bellwether.core {
  requires static transitive org.jspecify;
  requires ejml.core;
  requires ejml.ddense;
  requires it.unimi.dsi.fastutil.core;
  requires org.apache.commons.numbers.gamma;

  exports bellwether.core.bandit;
  exports bellwether.core.kernel;
  exports bellwether.core.mdp;
  exports bellwether.core.parallel;

  uses bellwether.core.kernel.KernelProvider;
}
