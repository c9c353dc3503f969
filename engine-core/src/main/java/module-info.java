/** The ground floor: kernels, parallel loops, arms and their indices. Knows no economics. */
module bellwether.core {
  requires static transitive org.jspecify;
  requires ejml.core;
  requires ejml.ddense;
  requires it.unimi.dsi.fastutil.core;
  requires org.apache.commons.numbers.gamma;
  requires transitive org.apache.commons.rng.api;
  requires org.apache.commons.rng.sampling;
  requires org.apache.commons.rng.simple;
  requires org.apache.commons.statistics.distribution;
  requires hipparchus.core;

  exports bellwether.core.bandit;
  exports bellwether.core.distribution;
  exports bellwether.core.kernel;
  exports bellwether.core.mdp;
  exports bellwether.core.parallel;
  exports bellwether.core.path;
  exports bellwether.core.policy;
  exports bellwether.core.quadrature;
  exports bellwether.core.random;
  exports bellwether.core.stopping;

  uses bellwether.core.kernel.KernelProvider;
}
