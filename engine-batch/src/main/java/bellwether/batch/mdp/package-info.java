/** Reads Markov decision processes from job files and from the files that these name. */
@NullMarked
package bellwether.batch.mdp;

import org.jspecify.annotations.NullMarked;
