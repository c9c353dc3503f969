/** The command line. */
@NullMarked
package bellwether.batch.cli;

import org.jspecify.annotations.NullMarked;
