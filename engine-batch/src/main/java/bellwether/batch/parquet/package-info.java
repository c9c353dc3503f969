/** Writes Parquet files: plain columns of numbers, which every reader of the format reads. */
@NullMarked
package bellwether.batch.parquet;

import org.jspecify.annotations.NullMarked;
