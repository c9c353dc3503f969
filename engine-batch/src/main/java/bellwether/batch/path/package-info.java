/** Reads processes and what is to be learned about them. */
@NullMarked
package bellwether.batch.path;

import org.jspecify.annotations.NullMarked;
