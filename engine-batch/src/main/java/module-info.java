/** Job files, the command line, results. */
module bellwether.batch {
  requires static org.jspecify;
  requires bellwether.core;
  requires bellwether.mechanisms;
  requires de.siegmar.fastcsv;
  requires info.picocli;
  requires tools.jackson.core;
  requires tools.jackson.databind;
  requires tools.jackson.dataformat.yaml;
}
