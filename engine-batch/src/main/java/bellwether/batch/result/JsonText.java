package bellwether.batch.result;

import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;

/**
 * Writes result trees as JSON. Doubles get the fewest digits that read back as the same double;
 * those that are not finite become null.
 */
public final class JsonText {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .build();

  private JsonText() {}

  /**
   * Writes {@code tree} and a line end.
   *
   * @param pretty objects a key a line, else everything on one line
   * @throws tools.jackson.core.exc.JacksonIOException when {@code target} fails
   */
  public static void write(OutputStream target, @Nullable Object tree, boolean pretty) {
    try (JsonGenerator generator =
        FACTORY.createGenerator(layout(pretty), target, JsonEncoding.UTF8)) {
      write(generator, tree);
      generator.writeRaw('\n');
    }
  }

  private static ObjectWriteContext layout(boolean pretty) {
    if (!pretty) {
      return ObjectWriteContext.empty();
    }
    PrettyPrinter printer =
        new DefaultPrettyPrinter()
            .withSeparators(
                Separators.createDefaultInstance()
                    .withObjectNameValueSpacing(Separators.Spacing.AFTER))
            .withObjectIndenter(new DefaultIndenter("  ", "\n"));
    return new ObjectWriteContext.Base() {
      @Override
      public PrettyPrinter getPrettyPrinter() {
        return printer;
      }

      @Override
      public boolean hasPrettyPrinter() {
        return true;
      }
    };
  }

  private static void write(JsonGenerator to, @Nullable Object value) {
    switch (value) {
      case null -> to.writeNull();
      case String text -> to.writeString(text);
      case Boolean flag -> to.writeBoolean(flag);
      case Integer number -> to.writeNumber(number);
      case Long number -> to.writeNumber(number);
      case Double number -> write(to, number.doubleValue());
      case double[] numbers -> {
        to.writeStartArray();
        for (double number : numbers) {
          write(to, number);
        }
        to.writeEndArray();
      }
      case int[] numbers -> {
        to.writeStartArray();
        for (int number : numbers) {
          to.writeNumber(number);
        }
        to.writeEndArray();
      }
      case Object[] items -> {
        to.writeStartArray();
        for (Object item : items) {
          write(to, item);
        }
        to.writeEndArray();
      }
      case List<?> items -> {
        to.writeStartArray();
        for (Object item : items) {
          write(to, item);
        }
        to.writeEndArray();
      }
      case Map<?, ?> map -> {
        to.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          to.writeName(String.valueOf(entry.getKey()));
          write(to, entry.getValue());
        }
        to.writeEndObject();
      }
      default -> throw new IllegalArgumentException("no JSON for " + value.getClass());
    }
  }

  private static void write(JsonGenerator to, double number) {
    if (Double.isFinite(number)) {
      to.writeNumber(number);
    } else {
      to.writeNull();
    }
  }
}
