package bellwether.batch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Every reference case goes through the command line and comes out as expected. */
class ReferenceCasesTest {
  private static final JsonFactory JSON = new JsonFactory();

  @TempDir private Path folder;

  static Stream<Arguments> cases() {
    return Stream.of(
            "gittins",
            "whittle",
            "banditAuction",
            "mdp",
            "optimalStopping",
            "efficientMechanism",
            "bilateralTrade",
            "correlatedPopulation",
            "virtualPivot",
            "contractMenu",
            "simulatePaths")
        .flatMap(name -> list(read(resource(name))).stream())
        .map(c -> Arguments.of(map(c).get("id"), c));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void comesOutAsExpected(String id, Map<?, ?> reference) throws IOException {
    Path file = Files.writeString(folder.resolve(id + ".json"), text(reference.get("job")));
    CommandRun run = CommandRun.of("run", file);
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    Map<?, ?> result = map(map(read(run.out())).get("result"));
    map(reference.get("expect"))
        .forEach(
            (path, expected) -> {
              String key = String.valueOf(path);
              if (reference.get("tolerance") instanceof Map<?, ?> tolerance
                  && tolerance.get("standardErrors") instanceof Double errors) {
                assertWithin(
                    key, at(result, key), expected, at(result, key + "StandardError"), errors);
              } else {
                assertNear(key, at(result, key), expected, reference.get("tolerance"));
              }
            });
  }

  /** Within some standard errors, which stand beside what they are of. */
  private static void assertWithin(
      String path,
      @Nullable Object actual,
      @Nullable Object expected,
      @Nullable Object error,
      double errors) {
    if (expected instanceof List<?> items) {
      assertThat(list(actual)).as(path).hasSameSizeAs(items);
      for (int i = 0; i < items.size(); i++) {
        assertWithin(
            path + "[" + i + "]", list(actual).get(i), items.get(i), list(error).get(i), errors);
      }
    } else {
      assertNear(path, actual, expected, errors * number(error));
    }
  }

  private static @Nullable Object at(Map<?, ?> result, String path) {
    Object value = result;
    for (String key : path.split("\\.", -1)) {
      assertThat(value).as(path).isInstanceOf(Map.class);
      assertThat(map(value).containsKey(key)).as("%s has %s", path, key).isTrue();
      value = map(value).get(key);
    }
    return value;
  }

  private static void assertNear(
      String path, @Nullable Object actual, @Nullable Object expected, @Nullable Object tolerance) {
    switch (expected) {
      case List<?> items -> {
        assertThat(list(actual)).as(path).hasSameSizeAs(items);
        for (int i = 0; i < items.size(); i++) {
          assertNear(path + "[" + i + "]", list(actual).get(i), items.get(i), tolerance);
        }
      }
      case Map<?, ?> keys ->
          keys.forEach(
              (key, value) -> assertNear(path + "." + key, map(actual).get(key), value, tolerance));
      case Double number -> {
        assertThat(actual).as(path).isInstanceOf(Double.class);
        double allowed =
            tolerance instanceof Map<?, ?> both
                ? number(both.get("absolute")) + number(both.get("relative")) * Math.abs(number)
                : number(tolerance);
        assertThat(Math.abs(number(actual) - number))
            .as("%s: %s, expected %s", path, actual, expected)
            .isLessThanOrEqualTo(allowed);
      }
      case null, default -> assertThat(actual).as(path).isEqualTo(expected);
    }
  }

  private static double number(@Nullable Object value) {
    return value == null ? 0 : (Double) value;
  }

  private static Map<?, ?> map(@Nullable Object value) {
    return (Map<?, ?>) Objects.requireNonNull(value);
  }

  private static List<?> list(@Nullable Object value) {
    return (List<?>) Objects.requireNonNull(value);
  }

  private static String resource(String name) {
    try (InputStream in =
        Objects.requireNonNull(
            ReferenceCasesTest.class.getResourceAsStream("/reference/" + name + ".json"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static @Nullable Object read(String text) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
      parser.nextToken();
      return value(parser);
    }
  }

  private static @Nullable Object value(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String key = parser.currentName();
          parser.nextToken();
          map.put(key, value(parser));
        }
        yield map;
      }
      case START_ARRAY -> {
        List<@Nullable Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          list.add(value(parser));
        }
        yield list;
      }
      case VALUE_NULL -> null;
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_STRING -> parser.getString();
      default -> parser.getDoubleValue();
    };
  }

  private static String text(@Nullable Object tree) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      write(generator, tree);
    }
    return text.toString();
  }

  private static void write(JsonGenerator to, @Nullable Object value) {
    switch (value) {
      case null -> to.writeNull();
      case Boolean flag -> to.writeBoolean(flag);
      case Double number -> to.writeNumber(number);
      case List<?> items -> {
        to.writeStartArray();
        items.forEach(item -> write(to, item));
        to.writeEndArray();
      }
      case Map<?, ?> map -> {
        to.writeStartObject();
        map.forEach(
            (key, item) -> {
              to.writeName(String.valueOf(key));
              write(to, item);
            });
        to.writeEndObject();
      }
      default -> to.writeString(String.valueOf(value));
    }
  }
}
