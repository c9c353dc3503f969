/** Job files, the command line, results. */
module bellwether.batch {
  requires static org.jspecify;
  requires bellwether.core;
  requires bellwether.mechanisms;
  requires de.siegmar.fastcsv;
  requires info.picocli;
  requires org.snakeyaml.engine;
  requires tools.jackson.core;
}
