package org.pmf4j.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileUtil;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.data.Table;
import org.pmf4j.core.data.TableLocation;
import org.pmf4j.core.model.Classifier;
import org.pmf4j.core.model.Prediction;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.core.run.CacheConfig;
import org.pmf4j.core.run.TrainConfig;
import org.pmf4j.core.training.TrainSettings;

/** A model over tiny encoders of pictures and texts, trained on sixteen rows; made once. */
final class TinyModel {
  private static Pmf pmf;
  private static Path model;

  private TinyModel() {}

  /** One engine for the process of the tests, with the threads that executors have. */
  static synchronized Pmf pmf() {
    if (pmf == null) {
      pmf = Pmf.open(Pmf.DEFAULT_BACKEND, new BackendOptions("cpu", 1));
    }
    return pmf;
  }

  static synchronized Path folder() {
    if (model == null) {
      try {
        Path made = Files.createTempDirectory("tiny-model");
        Runtime.getRuntime()
            .addShutdownHook(new Thread(() -> FileUtil.fullyDelete(made.toFile()), "removal"));
        model = made;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      pmf()
          .train(
              TrainConfig.builder()
                  .data(table())
                  .encoder("image", resource("encoders/image-16"))
                  .encoder("text", resource("encoders/text-16"))
                  .out(model)
                  .existing(TrainConfig.Existing.OVERWRITE)
                  .cache(CacheConfig.NONE)
                  .probes(false)
                  .training(
                      TrainSettings.DEFAULT
                          .with("epochs", 1)
                          .with("batch-size", 8)
                          .with("seed", 3L))
                  .build());
    }
    return model;
  }

  static Path table() {
    return resource("curve/train.csv");
  }

  /** The same table, as Spark reads it, on four partitions, with an {@code id} of each row. */
  static Dataset<Row> rows() {
    return LocalCluster.session()
        .read()
        .option("header", "true")
        .csv(table().toString())
        .withColumn("id", functions.col("image"))
        .repartition(4);
  }

  /** A transformer over the model and the folder of the table. */
  static PmfTransformer transformer() {
    return new PmfTransformer()
        .setModel(folder().toString())
        .setFolder(table().getParent().toUri().toString());
  }

  /** What the classifier says of a table's rows, in their order. */
  static List<Prediction> predictions(Path table, int batchSize) {
    try (Classifier classifier = pmf().saved(folder(), Map.of()).load(batchSize)) {
      List<Example> examples = classifier.read(table, Table.Labelled.OPTIONAL);
      return classifier.predict(examples, Progress.SILENT);
    }
  }

  /** The rows of the table, as one machine reads them. */
  static List<Example> examples() {
    return pmf()
        .saved(folder(), Map.of())
        .read(TableLocation.of(table()), Table.Labelled.OPTIONAL, Set.of(), Progress.SILENT);
  }

  static Path resource(String name) {
    try {
      return Path.of(TinyModel.class.getResource("/parity/pmf/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Copies a folder with all that is in it. */
  static void copy(Path from, Path to) {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path file : all.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
