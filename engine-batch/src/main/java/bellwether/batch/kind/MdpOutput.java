package bellwether.batch.kind;

import bellwether.batch.array.NpyWriter;
import bellwether.batch.parquet.ParquetColumn;
import bellwether.batch.parquet.ParquetFile;
import bellwether.batch.tree.Fields;
import bellwether.batch.tree.KeyPath;
import bellwether.batch.tree.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the values and the policy of a model go.
 *
 * @param value what was asked for the values; null for what fits
 * @param policy the same for the policy
 */
record MdpOutput(@Nullable Form value, @Nullable Form policy) {
  /** Models of up to so many states are written into the result. */
  static final int MOST_INLINE = 10_000;

  static final List<String> WORDS = Arrays.stream(Form.values()).map(form -> form.word).toList();
  private static final List<String> KEYS = List.of("value", "policy");

  /** Where a vector goes. */
  enum Form {
    INLINE("inline"),
    NPY("npy"),
    PARQUET("parquet"),
    NONE("none");

    private final String word;

    Form(String word) {
      this.word = word;
    }

    static @Nullable Form named(@Nullable String word) {
      for (Form form : values()) {
        if (form.word.equals(word)) {
          return form;
        }
      }
      return null;
    }

    boolean isFile() {
      return this == NPY || this == PARQUET;
    }
  }

  /**
   * Reads {@code output}.
   *
   * @param states how many there are, 0 where that is not known
   * @param all whether those of all states are asked for
   */
  static MdpOutput read(Fields job, int states, boolean all) {
    Node node = job.optional("output");
    KeyPath path = job.path().key("output");
    Node.ObjectNode object =
        node == null
            ? null
            : Fields.object(job.mistakes(), node, path, "an object with value, policy or both");
    if (object == null) {
      return new MdpOutput(null, null);
    }
    Fields fields = new Fields(object, path, job.mistakes(), KEYS);
    return new MdpOutput(form(fields, "value", states, all), form(fields, "policy", states, all));
  }

  private static @Nullable Form form(Fields fields, String key, int states, boolean all) {
    String word = fields.has(key) ? fields.choice(key, WORDS) : null;
    Node node = fields.optional(key);
    Form form = Form.named(word);
    if (node != null && form == Form.INLINE && all && states > MOST_INLINE) {
      fields
          .mistakes()
          .add(
              node.position(),
              fields.path().key(key),
              "too many states for the result itself",
              states + " states",
              "npy, parquet or none above " + MOST_INLINE + " states, or initialStates");
    }
    return form;
  }

  /**
   * Fails when a file is asked for that would stand beside nothing.
   *
   * @param stem what names of files begin with, or null
   */
  void checkFiles(@Nullable String stem) throws JobFailedException {
    for (Form form : Arrays.asList(value, policy)) {
      if (form != null && form.isFile() && stem == null) {
        throw new JobFailedException(
            "output: "
                + form.word
                + " is a file beside the result, and the result is printed: add --out DIR");
      }
    }
  }

  /** What there is to write. */
  private record Place(Form form, boolean omitted) {}

  private static Place place(@Nullable Form asked, int states, boolean all, @Nullable String stem) {
    if (asked != null) {
      return new Place(asked, false);
    }
    if (!all || states <= MOST_INLINE) {
      return new Place(Form.INLINE, false);
    }
    return new Place(stem == null ? Form.NONE : Form.NPY, stem == null);
  }

  /**
   * Puts values and policy into the result or into files beside it.
   *
   * @param initialStates whose values stand in the result whatever else is asked; null for all
   */
  List<SideFile> put(
      double[] values,
      int[] actions,
      int @Nullable [] initialStates,
      @Nullable String stem,
      Map<String, @Nullable Object> result) {
    List<SideFile> files = new ArrayList<>();
    boolean all = initialStates == null;
    Place valuePlace = place(value, values.length, all, stem);
    Place policyPlace = place(policy, values.length, all, stem);
    if (initialStates != null) {
      result.put("values", Arrays.stream(initialStates).mapToDouble(s -> values[s]).toArray());
    } else if (valuePlace.form == Form.INLINE) {
      result.put("values", values);
    }
    if (initialStates != null && policyPlace.form != Form.NONE) {
      result.put("policy", Arrays.stream(initialStates).map(s -> actions[s]).toArray());
    } else if (initialStates == null && policyPlace.form == Form.INLINE) {
      result.put("policy", actions);
    }
    if (stem != null) {
      switch (valuePlace.form) {
        case NPY -> files.add(new SideFile(stem + ".value.npy", o -> NpyWriter.write(o, values)));
        case PARQUET ->
            files.add(parquet(stem + ".value.parquet", new ParquetColumn.Doubles("value", values)));
        default -> {}
      }
      int valueFiles = files.size();
      switch (policyPlace.form) {
        case NPY -> files.add(new SideFile(stem + ".policy.npy", o -> NpyWriter.write(o, actions)));
        case PARQUET ->
            files.add(parquet(stem + ".policy.parquet", new ParquetColumn.Ints("action", actions)));
        default -> {}
      }
      for (int i = 0; i < files.size(); i++) {
        result.put(i < valueFiles ? "valueFile" : "policyFile", files.get(i).name());
      }
    }
    if (valuePlace.omitted || policyPlace.omitted) {
      result.put(
          "omitted",
          (valuePlace.omitted && policyPlace.omitted
                  ? "values and policy"
                  : valuePlace.omitted ? "values" : "policy")
              + " of "
              + values.length
              + " states: with --out they are written to files beside the result");
    }
    return files;
  }

  private static SideFile parquet(String name, ParquetColumn column) {
    ParquetColumn states = new ParquetColumn.RowNumbers("state", column.size());
    return new SideFile(name, out -> ParquetFile.write(out, "bellwether", states, column));
  }
}
