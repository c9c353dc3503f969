/** Mechanisms over time: who wins, what is paid, what it is worth. */
module bellwether.mechanisms {
  requires static transitive org.jspecify;
  requires transitive bellwether.core;
  requires hipparchus.core;
  requires hipparchus.optim;

  exports bellwether.mechanisms.affine;
  exports bellwether.mechanisms.audit;
  exports bellwether.mechanisms.auction;
  exports bellwether.mechanisms.contract;
  exports bellwether.mechanisms.efficient;
  exports bellwether.mechanisms.environment;
  exports bellwether.mechanisms.joint;
  exports bellwether.mechanisms.optimal;
  exports bellwether.mechanisms.population;
  exports bellwether.mechanisms.revenue;
  exports bellwether.mechanisms.simulation;
  exports bellwether.mechanisms.trade;
  exports bellwether.mechanisms.virtual;
}
