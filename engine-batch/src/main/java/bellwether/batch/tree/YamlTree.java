package bellwether.batch.tree;

import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Builds the tree of a YAML 1.2 file.
 *
 * <p>From SnakeYAML's events, not through Jackson's wrapping of them: only the events tell a quoted
 * number from a plain one, and Jackson takes a plain {@code 1e-9} for text.
 */
final class YamlTree {
  private final Mistakes mistakes;
  private final SourceFile file;
  // Marks count characters; these two turn them into bytes on the way, without starting afresh.
  private int knownIndex;
  private int knownOffset;

  YamlTree(Mistakes mistakes) {
    this.mistakes = mistakes;
    this.file = mistakes.file();
    this.knownOffset = file.start();
  }

  Node read() throws UnreadableFileException {
    LoadSettings settings =
        LoadSettings.builder()
            .setCodePointLimit(Integer.MAX_VALUE)
            .setParseComments(false)
            .setUseMarks(true)
            .build();
    try {
      ParserImpl parser =
          new ParserImpl(
              settings,
              new StreamReader(
                  settings, new InputStreamReader(file.open(), StandardCharsets.UTF_8)));
      parser.next();
      if (parser.checkEvent(Event.ID.StreamEnd)) {
        throw new UnreadableFileException(
            file.shownName() + ":1: the file holds only comments, a job is expected");
      }
      parser.next();
      Node root = value(parser, parser.next(), KeyPath.ROOT, 0);
      parser.next();
      if (!parser.checkEvent(Event.ID.StreamEnd)) {
        throw TreeReader.syntax(
            file,
            position(parser.peekEvent()),
            "a second document begins here: a file holds one job");
      }
      return root;
    } catch (MarkedYamlEngineException e) {
      int at = e.getProblemMark().or(e::getContextMark).map(this::position).orElse(file.start());
      throw TreeReader.syntax(file, at, humanWords(e));
    } catch (ReaderException e) {
      int at = file.offsetAfter(file.start(), e.getPosition());
      throw TreeReader.syntax(
          file, at, String.format("the character \\u%04x is not allowed", e.getCodePoint()));
    } catch (YamlEngineException e) {
      throw TreeReader.syntax(
          file, knownOffset, "this is not YAML: " + Shown.plain(String.valueOf(e.getMessage())));
    }
  }

  private int position(Event event) {
    Optional<Mark> mark = event.getStartMark();
    return mark.isPresent() ? position(mark.get()) : knownOffset;
  }

  private int position(Mark mark) {
    int index = mark.getIndex();
    if (index < knownIndex) {
      return file.offsetAfter(file.start(), index);
    }
    knownOffset = file.offsetAfter(knownOffset, index - knownIndex);
    knownIndex = index;
    return knownOffset;
  }

  private Node value(ParserImpl parser, Event event, KeyPath path, int depth)
      throws UnreadableFileException {
    int position = position(event);
    refuseAnchors(event, position);
    return switch (event.getEventId()) {
      case MappingStart -> object(parser, position, path, deeper(depth, position));
      case SequenceStart -> list(parser, position, path, deeper(depth, position));
      case Scalar -> scalar((ScalarEvent) event, position);
      default -> throw TreeReader.syntax(file, position, "a value is expected here");
    };
  }

  private int deeper(int depth, int position) throws UnreadableFileException {
    if (depth == TreeReader.DEEPEST) {
      throw TreeReader.tooDeep(file, position);
    }
    return depth + 1;
  }

  private void refuseAnchors(Event event, int position) throws UnreadableFileException {
    if (event.getEventId() == Event.ID.Alias
        || (event instanceof NodeEvent node && node.getAnchor().isPresent())) {
      String anchor = ((NodeEvent) event).getAnchor().map(a -> a.getValue()).orElse("");
      String sign = event.getEventId() == Event.ID.Alias ? "*" : "&";
      throw TreeReader.syntax(
          file,
          position,
          "anchors and aliases are not supported, "
              + Shown.plain(sign + anchor)
              + " given: write the value out, or name an arm by its place in arms");
    }
    Optional<String> tag =
        switch (event) {
          case ScalarEvent scalar -> scalar.getTag();
          case CollectionStartEvent start -> start.getTag();
          default -> Optional.empty();
        };
    if (tag.isPresent()) {
      throw TreeReader.syntax(
          file,
          position,
          "tags are not supported, " + Shown.plain(tag.get()) + " given: write the plain value");
    }
  }

  private Node object(ParserImpl parser, int position, KeyPath path, int depth)
      throws UnreadableFileException {
    Map<String, Node.Member> members = new LinkedHashMap<>();
    while (!parser.checkEvent(Event.ID.MappingEnd)) {
      Event event = parser.next();
      int keyPosition = position(event);
      refuseAnchors(event, keyPosition);
      if (!(event instanceof ScalarEvent scalar)) {
        throw TreeReader.syntax(file, keyPosition, "a key must be a word, not a list or an object");
      }
      String key = scalar.getValue();
      Node value = value(parser, parser.next(), path.key(key), depth);
      Node.Member first = members.putIfAbsent(key, new Node.Member(key, keyPosition, value));
      if (first != null) {
        TreeReader.duplicate(mistakes, first, keyPosition, path);
      }
    }
    parser.next();
    return new Node.ObjectNode(position, List.copyOf(new ArrayList<>(members.values())));
  }

  private Node list(ParserImpl parser, int position, KeyPath path, int depth)
      throws UnreadableFileException {
    ListCollector list = new ListCollector();
    while (!parser.checkEvent(Event.ID.SequenceEnd)) {
      Event event = parser.next();
      Node item = value(parser, event, path.index(list.size()), depth);
      if (item instanceof Node.NumberNode number && Double.isFinite(number.value())) {
        list.number(number.value(), number.position());
      } else {
        list.node(item);
      }
    }
    parser.next();
    return list.finish(position);
  }

  private static Node scalar(ScalarEvent event, int position) {
    String text = event.getValue();
    return event.isPlain()
        ? PlainScalar.resolve(text, position)
        : new Node.TextNode(position, text);
  }

  /** SnakeYAML's sentence with its grammar symbols in words. */
  private static String humanWords(MarkedYamlEngineException e) {
    String problem = String.valueOf(e.getProblem());
    String context = e.getContext() == null ? "" : " " + e.getContext();
    String words =
        (problem + context)
            .replace(
                "expected <block end>, but found", "the indentation or punctuation is wrong at")
            .replaceAll("'?<block mapping start>'?", "a key")
            .replaceAll("'?<block sequence start>'?", "a list")
            .replaceAll("'?<block mapping end>'?|'?<block end>'?", "the end of a block")
            .replaceAll("'?<block entry>'?", "a list entry")
            .replaceAll("'?<stream end>'?", "the end of the file")
            .replaceAll("'?<document start>'?", "a document start")
            .replaceAll("'?<scalar>'?", "a value")
            .replaceAll("found character '\\\\t\\(TAB\\)'.*", "a tab cannot indent: use spaces")
            .replaceAll("\\(Do not use .*", "")
            .replaceAll("\\s+", " ")
            .strip();
    return Shown.plain(words);
  }
}
