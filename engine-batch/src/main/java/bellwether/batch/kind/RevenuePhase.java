package bellwether.batch.kind;

import bellwether.batch.tree.HeapSpace;
import bellwether.core.bandit.FiniteArm;
import bellwether.core.bandit.RetirementSteps;
import bellwether.core.parallel.Workers;
import bellwether.mechanisms.auction.ToleranceNotReachedException;
import bellwether.mechanisms.revenue.ExpectedProfit;
import bellwether.mechanisms.revenue.PrivateValue;
import bellwether.mechanisms.revenue.SampledProfit;
import bellwether.mechanisms.revenue.Subscriber;
import bellwether.mechanisms.revenue.SubscriberArms;
import bellwether.mechanisms.revenue.Subscription;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Adds the subscription phase and the expected profit to the result of an auction for revenue. */
final class RevenuePhase {
  /** phi' of Beta-Bernoulli arms in their tables, as a share of 1 / (1 - discount). */
  private static final double TABLE_TOLERANCE = 1e-7;

  /** A breakpoint is kept with its factor, twice while it is sorted out. */
  private static final double BYTES = 48;

  private final AuctionJob job;
  private final RevenueRequest request;
  private final Resources resources;
  private final Map<String, @Nullable Object> result;
  private final Map<String, @Nullable Object> certificate;
  private final Map<String, @Nullable Object> timing = new LinkedHashMap<>();
  private long since = System.nanoTime();

  private RevenuePhase(
      AuctionJob job, RevenueRequest request, Resources resources, Outcome auction) {
    this.job = job;
    this.request = request;
    this.resources = resources;
    this.result = auction.result();
    this.certificate = auction.certificate();
  }

  /** Adds to the auction's maps; returns how long what took. */
  static Map<String, @Nullable Object> add(
      AuctionJob job, RevenueRequest request, Resources resources, Outcome auction)
      throws JobFailedException {
    RevenuePhase phase = new RevenuePhase(job, request, resources, auction);
    try {
      phase.run();
    } catch (IllegalArgumentException | ToleranceNotReachedException e) {
      throw new JobFailedException(String.valueOf(e.getMessage()), e);
    }
    return phase.timing;
  }

  private void took(String what) {
    long now = System.nanoTime();
    timing.put(what, Math.round((now - since) / 1e3) / 1e6);
    since = now;
  }

  private void run() throws JobFailedException {
    double breakpoints = 0;
    for (Bidder bidder : job.bidders()) {
      breakpoints += bidder.arm().arm() instanceof FiniteArm finite ? finite.states() : 2_000;
    }
    String refusal = HeapSpace.refusal("the tables of the arms", BYTES * breakpoints);
    if (refusal != null) {
      throw new JobFailedException(refusal);
    }
    List<double @Nullable []> laws = new ArrayList<>();
    for (Bidder bidder : job.bidders()) {
      laws.add(Objects.requireNonNull(bidder.report()).initial());
    }
    resources.progress().accept("tables of arms");
    SubscriberArms arms =
        SubscriberArms.of(
            job.bidders().stream().map(Bidder::contestant).toList(),
            laws,
            job.discount(),
            TABLE_TOLERANCE,
            resources.kernels(),
            resources.workers());
    took("tablesSeconds");
    List<Subscriber> bidders = subscribers(arms::steps);
    certificate.put(
        "regularity",
        RegularityResult.of(bidders.stream().map(bidder -> bidder.value().type()).toList()));
    if (request.subscription()) {
      resources.progress().accept("subscription");
      subscription(bidders);
      took("subscriptionSeconds");
    }
    if (request.profit()) {
      resources.progress().accept("expected profit");
      profit(bidders, arms);
      took("profitSeconds");
    }
  }

  private List<Subscriber> subscribers(IntFunction<RetirementSteps> steps) {
    List<Subscriber> bidders = new ArrayList<>();
    for (int i = 0; i < job.bidders().size(); i++) {
      PrivateValue value = Objects.requireNonNull(job.bidders().get(i).report()).value();
      bidders.add(new Subscriber(steps.apply(i), value));
    }
    return bidders;
  }

  private void subscription(List<Subscriber> bidders) {
    double[] types =
        job.bidders().stream()
            .mapToDouble(bidder -> Objects.requireNonNull(bidder.report()).initialType())
            .toArray();
    Subscription phase =
        Subscription.of(bidders, types, job.discount(), job.outsideValue(), resources.workers());
    List<Boolean> active = new ArrayList<>();
    for (int i = 0; i < types.length; i++) {
      active.add(phase.active(i));
    }
    result.put("active", active);
    result.put("expectedPayment", phase.expectedPayment());
    result.put("upfront", phase.upfront());
    result.put("utility", phase.utility());
    result.put("expectedValue", phase.expectedValue());
    result.put("expectedWins", phase.wins());
    result.put("weightedWelfare", phase.welfare());
  }

  /** Where arms are tables, nothing is gained by integrating closer than these are. */
  private ExpectedProfit integral(List<Subscriber> bidders, SubscriberArms arms) {
    double relative = arms.exact() ? ExpectedProfit.RELATIVE : TABLE_TOLERANCE / 10;
    return ExpectedProfit.of(
        bidders, job.discount(), job.outsideValue(), relative, resources.workers());
  }

  private void profit(List<Subscriber> bidders, SubscriberArms arms) {
    double outside = job.outsideValue();
    Workers workers = resources.workers();
    ExpectedProfit exact = integral(bidders, arms);
    Map<String, @Nullable Object> bounds = new LinkedHashMap<>();
    bounds.put("method", "productIntegral");
    bounds.put("quadratureTolerance", exact.tolerance());
    bounds.put("evaluations", exact.evaluations());
    if (!arms.exact()) {
      bounds.put("boundLower", integral(subscribers(arms::least), arms).profit());
      bounds.put("boundUpper", integral(subscribers(arms::most), arms).profit());
    }
    if (request.draws() == 0) {
      result.put("expectedProfit", exact.profit());
      result.put("expectedRevenue", exact.revenue());
    } else {
      SampledProfit drawn =
          SampledProfit.of(
              bidders,
              job.discount(),
              outside,
              request.draws(),
              request.shifts(),
              request.seed(),
              workers);
      result.put("expectedProfit", drawn.profit());
      result.put("expectedProfitStandardError", drawn.profitStandardError());
      result.put("expectedRevenue", drawn.revenue());
      result.put("expectedRevenueStandardError", drawn.revenueStandardError());
      bounds.put("drawnMethod", "quasiMonteCarlo");
      bounds.put("interval", "95 %");
      bounds.put("lower", drawn.lower());
      bounds.put("upper", drawn.upper());
      bounds.put("draws", drawn.draws());
      bounds.put("shifts", request.shifts());
      bounds.put("seed", request.seed());
    }
    result.put("profitBound", exact.profit());
    certificate.put("profit", bounds);
  }
}
