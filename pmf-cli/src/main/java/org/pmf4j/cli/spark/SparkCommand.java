package org.pmf4j.cli.spark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.file.FileErrors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Unmatched;

/** {@code pmf spark}. For one thread at a time. */
@Command(
    name = "spark",
    description = {
      "Predicts tables, fills caches and trains on Apache Spark 4.",
      "",
      "Starts spark-submit of the Spark in $SPARK_HOME with the jar that PMF has for it. All that is"
          + " not an option below goes to the command on the cluster: predict, encode or train, and its"
          + " options, as 'pmf spark predict' lists them."
    },
    customSynopsis = "pmf spark [--master URL] [--conf KEY=VALUE]... COMMAND [OPTIONS]",
    footer = {
      "",
      "Examples:",
      "  pmf spark --master spark://host:7077 --conf spark.executor.memory=4g \\",
      "      predict --model hdfs:///models/ads --data hdfs:///ads.parquet --out hdfs:///told",
      "  pmf spark encode --data ads.csv --encoder image=vit --encoder text=bert --cache cache"
    })
public final class SparkCommand implements Callable<Integer> {
  private static final String MAIN = "org.pmf4j.spark.cli.Main";

  private final SparkPlaces places;

  @Option(
      names = "--master",
      paramLabel = "URL",
      description = "the cluster (default: local[*], all processors of this machine)")
  private String master = "local[*]";

  @Option(
      names = "--conf",
      paramLabel = "KEY=VALUE",
      description = "a setting of Spark; may be repeated")
  private List<String> conf = new ArrayList<>();

  @Option(
      names = "--jar",
      paramLabel = "FILE",
      description = "pmf-spark-VERSION-app.jar (default: $PMF_SPARK_JAR, else in the folder spark)")
  private Path jar;

  @Unmatched private List<String> others = new ArrayList<>();

  /** A command whose process on the cluster writes to this one's streams. */
  public SparkCommand() {
    this(new SparkPlaces(System.getenv(), System.getProperty("java.class.path")));
  }

  SparkCommand(SparkPlaces places) {
    this.places = places;
  }

  @Override
  public Integer call() {
    if (others.isEmpty()) {
      throw PmfException.usage("name a command: predict, encode or train; see 'pmf spark --help'");
    }
    List<String> line = line();
    try {
      Process process = new ProcessBuilder(line).inheritIO().start();
      return process.waitFor();
    } catch (IOException e) {
      throw PmfException.environment(
          line.get(0) + ": cannot be started: " + FileErrors.reason(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw PmfException.stopped("stopped while Spark ran");
    }
  }

  /** What is started. */
  List<String> line() {
    List<String> line = new ArrayList<>(List.of(places.submit().toString(), "--master", master));
    conf.forEach(setting -> line.addAll(List.of("--conf", setting)));
    List<Path> beside = places.beside();
    if (!beside.isEmpty()) {
      line.add("--jars");
      line.add(beside.stream().map(Path::toString).collect(Collectors.joining(",")));
    }
    line.addAll(List.of("--class", MAIN, places.jar(Optional.ofNullable(jar)).toString()));
    line.addAll(others);
    return List.copyOf(line);
  }
}
