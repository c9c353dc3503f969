package bellwether.batch.kind;

/**
 * What {@code describe} says of one key.
 *
 * @param name the key, as a path from the job: {@code arms[].alpha}
 * @param type what it is and what values it may take
 * @param otherwise the value it has when absent, {@code required}, or {@code none}
 * @param meaning one line
 */
public record KeyDoc(String name, String type, String otherwise, String meaning) {}
