/**
 * Mechanisms that maximize the designer's profit: the virtual-pivot mechanism of Kakade, Lobel and
 * Nazerzadeh (2013).
 */
@NullMarked
package bellwether.mechanisms.optimal;

import org.jspecify.annotations.NullMarked;
