package org.pmf4j.spark;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.model.AdapterConfig;
import org.pmf4j.core.model.ModelDirectory;
import org.pmf4j.core.run.CacheConfig;
import org.pmf4j.core.run.TrainConfig;
import org.pmf4j.core.safetensors.SafetensorsFile;
import org.pmf4j.core.training.TrainSettings;
import org.pmf4j.core.trunk.CachedTrunks;
import org.pmf4j.spark.executor.Engine;

@DisplayName("The estimator")
class PmfEstimatorTest {
  @TempDir Path folder;

  /** The rows of the tiny table, with whole paths, in one partition. */
  private static Dataset<Row> rows() {
    String pictures = TinyModel.table().getParent() + "/";
    return TinyModel.rows()
        .drop("id")
        .coalesce(1)
        .withColumn("image", functions.concat(functions.lit(pictures), col("image")))
        .orderBy("image");
  }

  private PmfEstimator estimator() {
    return new PmfEstimator()
        .setEncoder("image", TinyModel.resource("encoders/image-16").toUri().toString())
        .setEncoder("text", TinyModel.resource("encoders/text-16").toUri().toString())
        .setBatchSize(8)
        .setShards(2)
        .setTraining("epochs", "2")
        .setTraining("patience", "0")
        .setTraining("seed", "5")
        .setCache(folder.resolve("cache").toUri().toString())
        .setOut(folder.resolve("model").toString());
  }

  @Test
  @DisplayName("gives a transformer over the model that one machine trains on these rows")
  void trains() throws Exception {
    Dataset<Row> table =
        rows().withColumn("held", functions.monotonically_increasing_id().lt(4)).cache();
    PmfTransformer fitted = estimator().setValidationIndicatorCol("held").fit(table);
    assertThat(fitted.transform(table).select("prediction").distinct().count()).isPositive();

    Path alone = folder.resolve("alone");
    TinyModel.pmf()
        .train(
            TrainConfig.builder()
                .data(folder.resolve("model.jsonl"))
                .validation(folder.resolve("model.validation.jsonl"))
                .encoder("image", TinyModel.resource("encoders/image-16"))
                .encoder("text", TinyModel.resource("encoders/text-16"))
                .out(alone)
                .probes(false)
                .cache(
                    new CacheConfig(
                        Optional.of(folder.resolve("cache")), CachedTrunks.Storage.FP32))
                .training(
                    TrainSettings.DEFAULT
                        .with("batch-size", 4)
                        .with("accumulation", 2)
                        .with("epochs", 2)
                        .with("patience", 0)
                        .with("seed", 5L))
                .build());
    String adapter = "adapter_model.safetensors";
    assertThat(Files.readAllBytes(folder.resolve("model").resolve(adapter)))
        .isEqualTo(Files.readAllBytes(alone.resolve(adapter)));
  }

  @Test
  @DisplayName("computes by the engine and in the precision that are chosen, and so predicts")
  void choosesTheEngine() throws Exception {
    PmfTransformer fitted =
        estimator()
            .setBackend(Pmf.DEFAULT_BACKEND)
            .setDevice("cpu")
            .setThreads(2)
            .setPrecision("bf16")
            .setTraining("epochs", "1")
            .fit(rows());
    assertThat(fitted.engine()).isEqualTo(new Engine(Pmf.DEFAULT_BACKEND, "cpu", 2));
    AdapterConfig saved = new ModelDirectory(folder.resolve("model")).readConfig();
    assertThat(saved.precision()).isEqualTo("bfloat16");
    try (SafetensorsFile last =
        SafetensorsFile.open(folder.resolve("model/checkpoints/last.safetensors"))) {
      assertThat(last.metadata().get("computed_by")).endsWith("2 threads");
    }
    refused(estimator().setPrecision("fp8"), "it can be fp32 or bf16");
    refused(estimator().setBackend("abacus"), "abacus");
  }

  @Test
  @DisplayName("keeps its parameters, and says in one line what is missing or cannot be")
  void saysWhatIsWrong() throws Exception {
    estimator().write().overwrite().save(folder.resolve("stage").toString());
    PmfEstimator read = PmfEstimator.load(folder.resolve("stage").toString());
    assertThat(read.pairs(read.training())).containsEntry("seed", "5");
    assertThat(read.pairs(read.encoders())).containsOnlyKeys("image", "text");
    refused(read.setLabelCol("kind"), "has no column kind");
    refused(estimator().setShards(9), "shards is a number from 1 to the batch-size");
    refused(estimator().setTraining("batch-size", "8"), "follows from batch-size and shards");
    refused(estimator().setExisting("maybe"), "it can be refuse, resume or overwrite");
    refused(new PmfEstimator(), "the parameter out is not set");
  }

  private static void refused(PmfEstimator estimator, String why) {
    assertThatThrownBy(() -> estimator.fit(rows()))
        .isInstanceOf(PmfException.class)
        .hasMessageContaining(why)
        .satisfies(e -> assertThat(List.of(e.getMessage().split("\n"))).hasSize(1));
  }
}
