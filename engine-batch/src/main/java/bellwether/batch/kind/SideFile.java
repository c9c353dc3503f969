package bellwether.batch.kind;

import bellwether.batch.result.ResultFile;

/**
 * A file that stands beside the result: a table too large for it.
 *
 * @param name its name, which the result gives too
 * @param content what it holds
 */
public record SideFile(String name, ResultFile.Content content) {}
