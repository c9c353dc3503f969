/** Integrals: Gauss-Legendre rules and adaptive panels of them. */
@NullMarked
package bellwether.core.quadrature;

import org.jspecify.annotations.NullMarked;
