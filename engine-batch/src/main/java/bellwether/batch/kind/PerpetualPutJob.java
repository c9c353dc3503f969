package bellwether.batch.kind;

import bellwether.batch.tree.Fields;
import bellwether.batch.tree.Range;
import bellwether.core.stopping.PerpetualOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Problem {@code perpetualPut}, as it was read. */
record PerpetualPutJob(double spot, double strike, double rate, double dividend, double volatility)
    implements Job {

  static Job read(Fields job) {
    return new PerpetualPutJob(
        job.number("spot", Range.POSITIVE),
        job.number("strike", Range.POSITIVE),
        job.number("rate", Range.POSITIVE),
        job.number("dividend", Range.FINITE, 0),
        job.number("volatility", Range.POSITIVE));
  }

  @Override
  public Outcome solve(Resources resources) {
    PerpetualOption put = PerpetualOption.put(spot, strike, rate, dividend, volatility);
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    result.put("value", put.value());
    result.put("exerciseBoundary", put.exerciseBoundary());
    return new Outcome(result, Map.of("method", "closedForm"));
  }
}
