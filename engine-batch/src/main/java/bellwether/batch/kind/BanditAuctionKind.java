package bellwether.batch.kind;

import bellwether.batch.array.NumberArrays;
import bellwether.batch.tree.Fields;
import bellwether.batch.tree.KeyPath;
import bellwether.batch.tree.Mistakes;
import bellwether.batch.tree.Node;
import bellwether.batch.tree.Range;
import bellwether.batch.tree.Shown;
import bellwether.batch.tree.SourceFile;
import bellwether.batch.tree.UnreadableFileException;
import bellwether.core.bandit.FiniteArm;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code banditAuction}: who wins, what the winner pays, what it is worth. */
final class BanditAuctionKind implements JobKind {
  private static final List<String> BIDDER =
      List.of(
          "name", "arm", "state", "distribution", "initialType", "A", "valuation", "C", "initial");

  @Override
  public String name() {
    return "banditAuction";
  }

  @Override
  public String summary() {
    return "One item a period among bidders whose values move when they win: who wins, what is paid";
  }

  @Override
  public List<KeyDoc> keys() {
    List<KeyDoc> keys =
        new ArrayList<>(
            List.of(
                new KeyDoc(
                    "objective", "welfare or revenue", "required", "what the auction maximizes"),
                new KeyDoc(
                    "discount", Range.DISCOUNT.words(), "required", "weight of the next period"),
                new KeyDoc(
                    "outsideValue",
                    "a finite number",
                    "0",
                    "what a period without a winner is worth"),
                new KeyDoc("arms", "list of arms", "none", "arms that bidders may name by place"),
                new KeyDoc(
                    "bidders", "list of bidders", "none", "one here or in biddersFile at least"),
                new KeyDoc("bidders[].name", "text", "null", "unlike all other names"),
                new KeyDoc(
                    "bidders[].arm",
                    "an arm, or its place in arms, from 0",
                    "required",
                    "what winning is worth, and how that moves"),
                new KeyDoc(
                    "bidders[].state",
                    "an integer from 0 to the number of states - 1",
                    "required",
                    "where the arm is; for markov and random arms, and only for them"),
                new KeyDoc(
                    "bidders[].initialType",
                    "a number in the support of distribution",
                    "required for revenue",
                    "s0, private before the auction"),
                new KeyDoc(
                    "bidders[].initial",
                    "probabilities of the states, summing to 1",
                    "state for certain",
                    "law of the state at the subscription; markov and random arms"),
                new KeyDoc(
                    "subscription",
                    "true or false",
                    "false",
                    "whether revenue auctions report the subscription phase"),
                new KeyDoc(
                    "profit",
                    "true, false, or an object",
                    "false",
                    "whether revenue auctions report the expected profit; an object draws types"),
                new KeyDoc(
                    "profit.draws",
                    "an integer from 2 to 100000000",
                    "100000",
                    "initial types drawn, by quasi-Monte Carlo"),
                new KeyDoc(
                    "profit.shifts", "an integer from 2 to 1024", "16", "independent point sets"),
                new KeyDoc(
                    "distribution",
                    "a distribution with a density, here or in a bidder",
                    "required for revenue",
                    "of initial types; for bidders that have none of their own"),
                new KeyDoc(
                    "A",
                    "{type: identity, power, affine or log1p}, here or in a bidder",
                    "identity",
                    "how an initial type enters the value"),
                new KeyDoc(
                    "valuation",
                    "multiplicative or additive, here or in a bidder",
                    "multiplicative",
                    "whether an arm's reward B is worth A(s0) B or A(s0) C + B"),
                new KeyDoc(
                    "C",
                    "a finite number at least 0, here or in a bidder",
                    "1",
                    "of additive valuations"),
                new KeyDoc(
                    "biddersFile",
                    "name of a CSV file",
                    "none",
                    "more bidders, one a row, see below"),
                new KeyDoc(
                    "indexTables",
                    "list of file names",
                    "none",
                    "manifests of tables that kind gittins saved; betaBernoulli indices are looked"
                        + " up there")));
    keys.addAll(ArmReader.keys("arm.", false));
    return keys;
  }

  @Override
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    notes.add("biddersFile has the columns " + String.join(", ", BiddersCsv.NEEDED) + ",");
    notes.add(
        "and may have " + String.join(", ", BiddersCsv.OPTIONAL) + ", in any order, with commas");
    notes.add(
        "between them. A row is a betaBernoulli arm at (priorAlpha + conversions, priorBeta +");
    notes.add("impressions - conversions), priors 1 by default, whose success is worth");
    notes.add("valuePerConversion. Counts may be fractions; conversions are at most impressions.");
    notes.add("Its rows come after bidders.");
    notes.add("For revenue a row needs initialType; distribution, A, valuation and C stand at the");
    notes.add("top of the job.");
    notes.add("Result: indices, winner (null when the outside value is not exceeded), welfare,");
    notes.add("welfareWithout, payments (these three not for normal arms); with names also names,");
    notes.add("winnerName and top, the ten highest indices.");
    notes.add(
        "Revenue counts alpha v + beta in place of v, and adds alpha and beta; a bidder whose");
    notes.add("alpha is not positive is excluded, and its index null. Payments are in v.");
    notes.add(
        "subscription: active, expectedPayment, upfront, utility, expectedValue, expectedWins,");
    notes.add(
        "weightedWelfare, at the initial types, allocations from now on weighted discount^t.");
    notes.add(
        "profit: expectedProfit, over initial types and with the outside value, expectedRevenue,");
    notes.add(
        "what bidders pay of that, and profitBound, the profit by one integral without draws.");
    notes.addAll(ArrayNotes.NOTES);
    return notes;
  }

  @Override
  public String example() {
    return """
        job: banditAuction
        objective: welfare
        discount: 0.9
        outsideValue: 0.1
        arms:
          - type: markov
            rewards: [0.8]
            transition: [[1.0]]
        bidders:
          - arm: 0
            state: 0
          - arm: {type: markov, rewards: [0.5], transition: [[1.0]]}
            state: 0
        """;
  }

  @Override
  public Job read(Fields job, CommonKeys common, NumberArrays arrays) {
    Mistakes mistakes = job.mistakes();
    String objective = job.choice("objective", List.of("welfare", "revenue"));
    double discount = job.number("discount", Range.DISCOUNT);
    double outsideValue = job.number("outsideValue", Range.FINITE, 0);
    ArmReader reader = new ArmReader(mistakes, arrays, false);
    List<@Nullable ArmSpec> library = reader.list(job, "arms", true);
    TypeReportReader reports =
        "revenue".equals(objective) ? new TypeReportReader(job, arrays) : null;
    List<Bidder> bidders = new ArrayList<>();
    boolean table = job.has("biddersFile");
    if (!table && !job.has("bidders")) {
      mistakes.add(
          job.position(),
          job.path().key("bidders"),
          "missing",
          "neither bidders nor biddersFile",
          "at least one bidder");
    }
    List<Node> nodes = job.list("bidders", table, true, "a list of bidders, at least one");
    for (int i = 0; i < nodes.size(); i++) {
      Bidder bidder =
          bidder(nodes.get(i), job.path().key("bidders").index(i), reader, library, reports);
      if (bidder != null) {
        bidders.add(bidder);
      }
    }
    checkNames(bidders, nodes, job);
    if (table) {
      bidders.addAll(table(job, arrays, bidders, reports));
    }
    RevenueRequest request = null;
    if (reports == null) {
      RevenueRequest.refuse(job);
    } else {
      request = RevenueRequest.read(job, common);
      request.check(job, bidders);
    }
    return new AuctionJob(
        discount,
        outsideValue,
        common.tolerance(),
        List.copyOf(bidders),
        IndexTableFiles.read(job, arrays, discount),
        request);
  }

  private static @Nullable Bidder bidder(
      Node node,
      KeyPath path,
      ArmReader reader,
      List<@Nullable ArmSpec> library,
      @Nullable TypeReportReader reports) {
    Mistakes mistakes = reader.mistakes();
    Node.ObjectNode object = Fields.object(mistakes, node, path, "a bidder: an object with an arm");
    if (object == null) {
      return null;
    }
    Fields fields = new Fields(object, path, mistakes, BIDDER);
    String name = fields.text("name");
    String allowed =
        library.isEmpty()
            ? "an arm: an object with a type"
            : "an arm, or an integer from 0 to " + (library.size() - 1) + ", its place in arms";
    Node armNode = fields.required("arm", allowed);
    ArmSpec arm = null;
    if (armNode instanceof Node.ObjectNode) {
      arm = reader.arm(armNode, path.key("arm"));
    } else if (armNode != null && library.isEmpty()) {
      mistakes.add(
          armNode.position(),
          path.key("arm"),
          "not an object, and there is no list arms",
          armNode.shown(),
          allowed);
    } else if (armNode != null) {
      long before = mistakes.count();
      long place =
          Fields.integer(mistakes, armNode, path.key("arm"), 0, library.size() - 1L, allowed);
      arm = mistakes.count() > before ? null : library.get((int) place);
    }
    TypeReport report =
        reports == null ? null : reports.read(fields, object, arm == null ? null : arm.arm());
    if (arm == null || (reports != null && report == null)) {
      return null;
    }
    return new Bidder(name, arm, state(fields, arm, mistakes), report);
  }

  private static int state(Fields fields, ArmSpec arm, Mistakes mistakes) {
    if (arm.arm() instanceof FiniteArm finite) {
      int last = finite.states() - 1;
      return (int) fields.integer("state", 0, last, "an integer from 0 to " + last);
    }
    Node node = fields.optional("state");
    if (node != null) {
      mistakes.add(
          node.position(),
          fields.path().key("state"),
          "not for an arm without states",
          node.shown(),
          "no state: what a betaBernoulli or normal arm knows is in its own keys");
    }
    return 0;
  }

  private static void checkNames(List<Bidder> bidders, List<Node> nodes, Fields job) {
    if (bidders.size() < nodes.size()) {
      return;
    }
    Map<String, Integer> names = new HashMap<>();
    for (int i = 0; i < bidders.size(); i++) {
      String name = bidders.get(i).name();
      Integer first = name == null ? null : names.putIfAbsent(name, i);
      if (first != null) {
        job.mistakes()
            .add(
                nodes.get(i).position(),
                job.path().key("bidders").index(i).key("name"),
                "duplicate name",
                Shown.text(String.valueOf(name)) + " again after bidders[" + first + "]",
                "each name once");
      }
    }
  }

  private static List<Bidder> table(
      Fields job, NumberArrays arrays, List<Bidder> others, @Nullable TypeReportReader reports) {
    Node node = job.optional("biddersFile");
    String name = job.text("biddersFile");
    if (node == null || name == null) {
      return List.of();
    }
    Mistakes mistakes = job.mistakes();
    KeyPath path = job.path().key("biddersFile");
    try {
      SourceFile file =
          SourceFile.read(mistakes.file().sibling(name), mistakes.file().resolve(name));
      if (reports != null && reports.shared() == null && job.optional("distribution") == null) {
        mistakes.add(
            job.position(),
            job.path().key("distribution"),
            "missing",
            "nothing",
            "the distribution of the initialType in biddersFile");
      }
      BiddersCsv csv =
          BiddersCsv.read(file, reports != null, reports == null ? null : reports.shared());
      csv.mistakes().forEach(line -> mistakes.addElsewhere(node.position(), line));
      arrays.note(name, file.sha256());
      Set<@Nullable String> taken = new HashSet<>();
      others.forEach(other -> taken.add(other.name()));
      for (Bidder bidder : csv.bidders()) {
        if (taken.contains(bidder.name())) {
          mistakes.add(
              node.position(),
              path,
              "duplicate name",
              Shown.text(String.valueOf(bidder.name())) + " in bidders and in the table",
              "each name once");
        }
      }
      return csv.bidders();
    } catch (UnreadableFileException e) {
      mistakes.add(node.position(), path, String.valueOf(e.getMessage()));
    } catch (InvalidPathException _) {
      mistakes.add(node.position(), path, Shown.plain(name) + ": is no file name");
    }
    return List.of();
  }
}
