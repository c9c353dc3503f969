/** The command line. */
@NullMarked
package bellwether.batch;

import org.jspecify.annotations.NullMarked;
