/** Job files as trees whose every value knows its place, and the mistakes found in them. */
@NullMarked
package bellwether.batch.tree;

import org.jspecify.annotations.NullMarked;
