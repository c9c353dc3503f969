package bellwether.batch.tree;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/** Builds the tree of a JSON file from Jackson's stream of tokens. */
final class JsonTree {
  // NaN and Infinity are no JSON, but told of better by the key that holds them.
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .build();

  private final Mistakes mistakes;
  private final SourceFile file;
  private int last;

  JsonTree(Mistakes mistakes) {
    this.mistakes = mistakes;
    this.file = mistakes.file();
  }

  Node read() throws UnreadableFileException {
    byte[] bytes = file.bytes();
    try (JsonParser parser =
        FACTORY.createParser(
            ObjectReadContext.empty(), bytes, file.start(), bytes.length - file.start())) {
      parser.nextToken();
      Node root = value(parser, KeyPath.ROOT, 0);
      if (parser.nextToken() != null) {
        throw TreeReader.syntax(
            file, position(parser), "more text follows after the job has ended");
      }
      return root;
    } catch (StreamConstraintsException e) {
      throw TreeReader.syntax(file, last, "a number, key or text here is far too long");
    } catch (JacksonException e) {
      throw TreeReader.syntax(file, offset(e), humanWords(e.getOriginalMessage()));
    }
  }

  private int position(JsonParser parser) {
    last = file.start() + (int) parser.currentTokenLocation().getByteOffset();
    return last;
  }

  private int offset(JacksonException e) {
    // Jackson has read the offending character already.
    long offset = e.getLocation() == null ? 0 : e.getLocation().getByteOffset();
    return file.start() + (int) Math.max(0, offset);
  }

  private Node value(JsonParser parser, KeyPath path, int depth) throws UnreadableFileException {
    int position = position(parser);
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser, path, deeper(depth, position));
      case START_ARRAY -> list(parser, path, deeper(depth, position));
      case VALUE_TRUE -> new Node.BooleanNode(position, true);
      case VALUE_FALSE -> new Node.BooleanNode(position, false);
      case VALUE_NULL -> new Node.NullNode(position);
      case VALUE_STRING -> new Node.TextNode(position, parser.getString());
      default -> new Node.NumberNode(position, parser.getString(), parser.getDoubleValue());
    };
  }

  private int deeper(int depth, int position) throws UnreadableFileException {
    if (depth == TreeReader.DEEPEST) {
      throw TreeReader.tooDeep(file, position);
    }
    return depth + 1;
  }

  private Node object(JsonParser parser, KeyPath path, int depth) throws UnreadableFileException {
    int position = position(parser);
    Map<String, Node.Member> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      int keyPosition = position(parser);
      parser.nextToken();
      Node value = value(parser, path.key(key), depth);
      Node.Member first = members.putIfAbsent(key, new Node.Member(key, keyPosition, value));
      if (first != null) {
        TreeReader.duplicate(mistakes, first, keyPosition, path);
      }
    }
    return new Node.ObjectNode(position, List.copyOf(new ArrayList<>(members.values())));
  }

  private Node list(JsonParser parser, KeyPath path, int depth) throws UnreadableFileException {
    int position = position(parser);
    ListCollector list = new ListCollector();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (token == JsonToken.VALUE_NUMBER_FLOAT || token == JsonToken.VALUE_NUMBER_INT) {
        double value = parser.getDoubleValue();
        if (Double.isFinite(value)) {
          list.number(value, position(parser));
          continue;
        }
      }
      list.node(value(parser, path.index(list.size()), depth));
    }
    return list.finish(position);
  }

  /** Jackson's sentence without its codes, its brackets and its advice to programmers. */
  private static String humanWords(String message) {
    String words =
        message
            .replaceAll("\\s+", " ")
            .replaceAll("\\(CTRL-CHAR, code (\\d+)\\)", "control character $1")
            .replaceAll(" \\(code -?\\d+(?: / 0x[0-9a-fA-F]+)?\\)", "")
            .replaceAll(" ?\\((?:start marker|for \\w+ starting) at .*", "")
            .replaceAll(" ?\\(?\\[Source: .*", "")
            .replaceAll("was expecting \\(?(?:JSON String|a value).*", "a value is expected")
            .replace(
                "has to be escaped using backslash to be included in string value",
                "not allowed in text")
            .replace(
                "was expecting double-quote to start property name",
                "a key in double quotes is expected")
            .replace(
                "was expecting a colon to separate property name and value",
                "a colon is expected after a key")
            .replace("was expecting comma to separate Object entries", "a comma or } is expected")
            .replace("was expecting comma to separate Array entries", "a comma or ] is expected")
            .strip();
    int advice = words.indexOf(": maybe a (non-standard) comment");
    if (advice >= 0) {
      words = words.substring(0, advice) + ": JSON has no comments";
    }
    return words.isEmpty() ? "this is not JSON" : Shown.plain(words);
  }
}
