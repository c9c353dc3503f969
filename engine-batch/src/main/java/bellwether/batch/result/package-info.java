/** Results: the envelope, JSON, a readable summary, files that appear whole or not at all. */
@NullMarked
package bellwether.batch.result;

import org.jspecify.annotations.NullMarked;
