/** JMH suites. */
@NullMarked
package bellwether.benchmarks;

import org.jspecify.annotations.NullMarked;
