/** Finite Markov decision processes: models, solvers with guaranteed bounds, horizons. */
@NullMarked
package bellwether.core.mdp;

import org.jspecify.annotations.NullMarked;
