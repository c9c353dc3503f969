/** Whether agents could gain by lying, would rather stay away, or the designer has to pay. */
@NullMarked
package bellwether.mechanisms.audit;

import org.jspecify.annotations.NullMarked;
