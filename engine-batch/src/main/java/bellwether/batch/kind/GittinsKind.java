package bellwether.batch.kind;

import bellwether.batch.array.NumberArrays;
import bellwether.batch.tree.Fields;
import bellwether.batch.tree.Node;
import bellwether.batch.tree.Range;
import bellwether.core.bandit.IndexTable;
import bellwether.core.bandit.Precision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code gittins}: the indices of arms. */
final class GittinsKind implements JobKind {
  /** A job as it was read. */
  record GittinsJob(
      double discount,
      @Nullable Double tolerance,
      List<ArmSpec> arms,
      boolean approximations,
      Precision storage,
      List<IndexTable> tables)
      implements Job {
    @Override
    public Outcome solve(Resources resources) throws JobFailedException {
      IndexSolver solver = new IndexSolver(discount, tolerance, tables, storage, resources);
      List<Object> indices = new ArrayList<>();
      List<@Nullable Object> approximate = new ArrayList<>();
      List<Object> certificates = new ArrayList<>();
      List<SideFile> files = new ArrayList<>();
      for (int i = 0; i < arms.size(); i++) {
        IndexSolver.Solved solved = solver.solve(arms.get(i), i);
        files.addAll(solved.files());
        indices.add(solved.indices());
        approximate.add(Approximations.of(arms.get(i), solved.indices(), discount));
        certificates.add(solved.certificate());
      }
      Map<String, @Nullable Object> result = new LinkedHashMap<>();
      result.put("indices", indices);
      if (approximations) {
        result.put("approximations", approximate);
      }
      Map<String, @Nullable Object> certificate = new LinkedHashMap<>();
      certificate.put("arms", certificates);
      return new Outcome(result, certificate, Map.of(), files);
    }
  }

  @Override
  public String name() {
    return "gittins";
  }

  @Override
  public String summary() {
    return "Gittins indices of arms: Markov chains, arms with Beta, Dirichlet or normal beliefs";
  }

  @Override
  public List<KeyDoc> keys() {
    List<KeyDoc> keys = new ArrayList<>();
    keys.add(
        new KeyDoc("discount", Range.DISCOUNT.words(), "required", "weight of the next period"));
    keys.add(new KeyDoc("arms", "list of arms, at least one", "required", "whose indices to find"));
    keys.add(
        new KeyDoc(
            "approximations",
            "true | false",
            "false",
            "what people quote instead of betaBernoulli and normal indices, with its error"));
    keys.add(
        new KeyDoc(
            "storage",
            String.join(" | ", StorageKey.WORDS),
            "float64",
            "what dense arms are eliminated in; float32 takes half the memory, and indices are"
                + " refined in float64 to the tolerance"));
    keys.add(
        new KeyDoc(
            "indexTables",
            "list of file names",
            "none",
            "manifests of tables that this kind saved; betaBernoulli indices are looked up there"));
    keys.addAll(ArmReader.keys("arms[].", true));
    return keys;
  }

  @Override
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    notes.add(
        "Result: indices, one entry for each arm: a list over the states (markov, random), a");
    notes.add(
        "number (Bayesian arms), a size x size table (betaBernoulli with size) or a list (normal with size).");
    notes.add(
        "A transition that is mostly zero: {entries: [[s, t, p], ...]}, {entries: {file: E.npy}} of n x 3");
    notes.add(
        "numbers, {indptr: [...], indices: [...], data: [...]} or {file: P.npz} of SciPy's save_npz");
    notes.add(
        "(compressed rows); a coordinate .mtx file with fewer than a tenth of its entries is sparse too.");
    notes.addAll(ArrayNotes.NOTES);
    return notes;
  }

  @Override
  public String example() {
    return """
        job: gittins
        discount: 0.9
        arms:
          - type: markov
            rewards: [1.0, 3.0, 0.0]
            transition:
              - [0.0, 1.0, 0.0]
              - [0.0, 0.5, 0.5]
              - [0.0, 0.0, 1.0]
        """;
  }

  @Override
  public Job read(Fields job, CommonKeys common, NumberArrays arrays) {
    double discount = job.number("discount", Range.DISCOUNT);
    Precision storage = StorageKey.read(job);
    List<@Nullable ArmSpec> arms =
        new ArmReader(job.mistakes(), arrays, true, storage).list(job, "arms", false);
    return new GittinsJob(
        discount,
        common.tolerance(),
        arms.stream().filter(Objects::nonNull).toList(),
        approximations(job),
        storage,
        IndexTableFiles.read(job, arrays, discount));
  }

  private static boolean approximations(Fields job) {
    Node node = job.optional("approximations");
    if (node != null && !(node instanceof Node.BooleanNode)) {
      job.mistakes()
          .add(
              node.position(),
              job.path().key("approximations"),
              "neither true nor false",
              node.shown(),
              "true or false");
    }
    return node instanceof Node.BooleanNode(_, boolean value) && value;
  }
}
