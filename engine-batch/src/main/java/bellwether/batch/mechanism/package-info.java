/** Environments and mechanisms as job files describe them. */
@NullMarked
package bellwether.batch.mechanism;

import org.jspecify.annotations.NullMarked;
