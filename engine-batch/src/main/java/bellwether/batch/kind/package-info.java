/** The job kinds: what each one reads, and how it is solved. */
@NullMarked
package bellwether.batch.kind;

import org.jspecify.annotations.NullMarked;
