package bellwether.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs benchmarks that have a parameter {@code threads} on 1, 2, 4, ... and all available threads
 * and prints how much faster each is than one:
 *
 * <pre>java -cp benchmarks/target/benchmarks.jar bellwether.benchmarks.Scaling [REGEX]</pre>
 */
public final class Scaling {
  private static final String DEFAULT =
      "MdpBenchmark.sweep|MdpBenchmark.solve|ProductSweepBenchmark|GittinsBenchmark|PathBenchmark.(terminal|everyStep|monitored)";

  private Scaling() {}

  /**
   * Runs what matches the first argument.
   *
   * @throws RunnerException when a benchmark cannot be run
   */
  public static void main(String[] arguments) throws RunnerException {
    int most = Runtime.getRuntime().availableProcessors();
    List<String> threads = new ArrayList<>();
    for (int t = 1; t < most; t *= 2) {
      threads.add(Integer.toString(t));
    }
    threads.add(Integer.toString(most));
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(arguments.length > 0 ? arguments[0] : DEFAULT)
                    .param("threads", threads.toArray(String[]::new))
                    .param("method", "AUTO")
                    .forks(1)
                    .build())
            .run();
    Map<String, Map<Integer, Double>> times = new TreeMap<>();
    for (RunResult result : results) {
      StringBuilder name = new StringBuilder(result.getPrimaryResult().getLabel());
      for (String key : result.getParams().getParamsKeys()) {
        if (!key.equals("threads")) {
          name.append(' ').append(key).append('=').append(result.getParams().getParam(key));
        }
      }
      times
          .computeIfAbsent(name.toString(), _ -> new TreeMap<>())
          .put(
              Integer.parseInt(result.getParams().getParam("threads")),
              result.getPrimaryResult().getScore());
    }
    System.out.println();
    System.out.println("Times as fast as one thread:");
    times.forEach(
        (name, byThreads) -> {
          double one = byThreads.getOrDefault(1, Double.NaN);
          byThreads.forEach(
              (t, time) ->
                  System.out.printf(
                      "%-60s %3d threads %12.4f ms %8.2f%n", name, t, time, one / time));
        });
  }
}
