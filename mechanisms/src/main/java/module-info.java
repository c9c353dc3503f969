/** Mechanisms over time: who wins, what is paid, what it is worth. */
module bellwether.mechanisms {
  requires static transitive org.jspecify;
  requires transitive bellwether.core;

  exports bellwether.mechanisms.auction;
}
