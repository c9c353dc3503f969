package bellwether.batch.tree;

/**
 * A place in a text file.
 *
 * @param line from 1
 * @param column from 1, in characters
 */
public record Location(int line, int column) {}
