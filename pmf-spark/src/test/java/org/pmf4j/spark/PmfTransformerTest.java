package org.pmf4j.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.core.model.Prediction;

@DisplayName("The transformer")
class PmfTransformerTest {
  /** Sums of another batch are rounded otherwise; logits are about 1. */
  private static final double ROUNDING = 1e-5;

  @TempDir Path folder;

  @Test
  @DisplayName(
      "predicts each row as the classifier does, bit for bit where rows are computed alone")
  void predictsAsTheClassifier() {
    Map<String, Row> alone =
        byId(
            TinyModel.transformer()
                .setLogitsCol("logits")
                .setBatchSize(1)
                .transform(TinyModel.rows()));
    Map<String, Row> together =
        byId(TinyModel.transformer().setLogitsCol("logits").transform(TinyModel.rows()));
    List<Prediction> expected = TinyModel.predictions(TinyModel.table(), 1);
    List<String> ids = ids();
    assertThat(alone).hasSize(ids.size());
    for (int i = 0; i < ids.size(); i++) {
      Row row = alone.get(ids.get(i));
      assertThat(row.<String>getAs("prediction")).isEqualTo(expected.get(i).label());
      assertThat(row.<Vector>getAs("logits").toArray()).isEqualTo(wide(expected.get(i).logits()));
      assertThat(row.<Vector>getAs("probability").toArray())
          .isEqualTo(
              expected.get(i).probabilities().values().stream().mapToDouble(d -> d).toArray());
      Row other = together.get(ids.get(i));
      assertThat(other.<String>getAs("prediction")).isEqualTo(expected.get(i).label());
      assertThat(other.<Vector>getAs("logits").toArray())
          .containsExactly(wide(expected.get(i).logits()), within(ROUNDING));
    }
  }

  @Test
  @DisplayName("reads pictures from binary columns and from the source of Spark as from paths")
  void readsPicturesFromColumns() {
    Map<String, Row> paths =
        byId(TinyModel.transformer().setBatchSize(1).transform(TinyModel.rows()));
    Dataset<Row> named =
        TinyModel.rows()
            .withColumn("file", functions.substring_index(col("image"), "/", -1))
            .drop("image");
    Dataset<Row> binary =
        read("binaryFile")
            .select(functions.substring_index(col("path"), "/", -1).as("file"), col("content"));
    Dataset<Row> decoded =
        read("image")
            .select(
                functions.substring_index(col("image.origin"), "/", -1).as("file"), col("image"));
    PmfTransformer alone = TinyModel.transformer().setBatchSize(1);
    for (Dataset<Row> pictures : List.of(binary.withColumnRenamed("content", "image"), decoded)) {
      Map<String, Row> told = byId(alone.transform(named.join(pictures, "file")));
      assertThat(told).hasSameSizeAs(paths);
      told.forEach(
          (text, row) ->
              assertThat(row.<Vector>getAs("probability"))
                  .isEqualTo(paths.get(text).<Vector>getAs("probability")));
    }
  }

  private static Dataset<Row> read(String format) {
    return LocalCluster.session()
        .read()
        .format(format)
        .load(TinyModel.table().resolveSibling("images").toString());
  }

  @Test
  @DisplayName("takes null and a blank text for a missing modality")
  void nullIsMissing() throws IOException {
    Path table =
        Files.writeString(
            folder.resolve("some.csv"),
            "image,text\n,a big red shape\n"
                + TinyModel.table().resolveSibling("images/01.png")
                + ",\n");
    List<Prediction> expected = TinyModel.predictions(table, 1);
    Dataset<Row> rows =
        LocalCluster.session()
            .createDataset(List.of("a big red shape", " "), org.apache.spark.sql.Encoders.STRING())
            .toDF("text")
            .withColumn("id", col("text"))
            .withColumn(
                "image",
                when(
                    col("text").equalTo(" "),
                    lit(TinyModel.table().resolveSibling("images/01.png").toString())));
    Map<String, Row> told =
        byId(TinyModel.transformer().setLogitsCol("logits").setBatchSize(1).transform(rows));
    assertThat(told.get("a big red shape").<Vector>getAs("logits").toArray())
        .isEqualTo(wide(expected.get(0).logits()));
    assertThat(told.get(" ").<Vector>getAs("logits").toArray())
        .isEqualTo(wide(expected.get(1).logits()));
  }

  @Test
  @DisplayName("gives a bad row a reason and no prediction, where it is to keep it")
  void keepsBadRows() {
    Map<String, Row> told =
        byId(TinyModel.transformer().setHandleInvalid("keep").transform(poisoned()));
    assertThat(told).hasSize(ids().size());
    told.forEach(
        (id, row) -> {
          String reason = row.getAs("reason");
          if (row.<String>getAs("text").startsWith("square, not")) {
            assertThat(row.<String>getAs("prediction")).isNull();
            assertThat(row.<Vector>getAs("probability")).isNull();
            assertThat(reason)
                .matches("partition \\d+ row \\d+, column \"?image\"?: .*no-such\\.png.*")
                .doesNotContain("\n");
          } else {
            assertThat(reason).isNull();
            assertThat(row.<String>getAs("prediction")).isNotNull();
          }
        });
  }

  @Test
  @DisplayName(
      "fails the job for a bad row, with one line that names it, where it is not to keep it")
  void failsForBadRows() {
    Throwable thrown =
        catchThrowable(() -> TinyModel.transformer().transform(poisoned()).collectAsList());
    assertThat(Failures.line(thrown))
        .matches("partition \\d+ row \\d+, column \"?image\"?: .*no-such\\.png.*");
  }

  private static Dataset<Row> poisoned() {
    return TinyModel.rows()
        .withColumn(
            "image",
            when(col("text").startsWith("square, not"), lit("images/no-such.png"))
                .otherwise(col("image")));
  }

  @Test
  @DisplayName("refuses columns that are not there or of the wrong type before any job")
  void refusesColumns() {
    assertThat(refusal(TinyModel.rows().drop("text")))
        .isEqualTo(
            "the table has no column text, which encoder text reads; it has image, label, id");
    assertThat(refusal(TinyModel.rows().withColumn("text", functions.array(lit("a")))))
        .isEqualTo(
            "column text of encoder text has the type array<string>, which no encoder reads");
    assertThat(refusal(TinyModel.rows().withColumn("text", lit(new byte[] {1}))))
        .isEqualTo(
            "column text of encoder text has the type binary, which does not fit: its modality text"
                + " reads texts");
    assertThat(refusal(TinyModel.rows().withColumn("image", lit(3))))
        .isEqualTo(
            "column image of encoder image has the type int, which does not fit: its modality image"
                + " reads files: a string or binary column");
    assertThat(refusal(TinyModel.rows().withColumn("prediction", lit(3))))
        .isEqualTo("the table has a column 'prediction' already; name another");
  }

  private static String refusal(Dataset<Row> rows) {
    Throwable thrown = catchThrowable(() -> TinyModel.transformer().transform(rows));
    assertThat(thrown).isInstanceOf(PmfException.class);
    return thrown.getMessage();
  }

  @Test
  @DisplayName("is written and read as a stage of a pipeline")
  void isWrittenAndRead() throws IOException {
    PmfTransformer stage = TinyModel.transformer().setColumn("text", "words").setBatchSize(1);
    Dataset<Row> rows = TinyModel.rows().withColumnRenamed("text", "words");
    PipelineModel fitted = new Pipeline().setStages(new PipelineStage[] {stage}).fit(rows);
    Path place = folder.resolve("pipeline");
    fitted.save(place.toString());
    PipelineModel read = PipelineModel.load(place.toString());
    PmfTransformer again = (PmfTransformer) read.stages()[0];
    assertThat(again.uid()).isEqualTo(stage.uid());
    assertThat(again.labels()).isEqualTo(stage.labels()).contains("circle");
    assertThat(byId(read.transform(rows))).isEqualTo(byId(stage.transform(rows)));
  }

  @Test
  @DisplayName(
      "reads a model and encoders beside it from another file system, and tables' files too")
  void readsFromAnotherFileSystem() throws IOException {
    Path home = remote();
    PmfTransformer there =
        new PmfTransformer()
            .setModel(Shelf.of(home.resolve("model")))
            .setFolder(Shelf.of(TinyModel.table().getParent()))
            .setBatchSize(1);
    assertThat(probabilities(there.transform(TinyModel.rows())))
        .isEqualTo(
            probabilities(TinyModel.transformer().setBatchSize(1).transform(TinyModel.rows())));
  }

  /** A model whose encoders are named by the way from it to them. */
  private Path remote() throws IOException {
    Path home = folder.resolve("remote");
    TinyModel.copy(TinyModel.resource("encoders/image-16"), home.resolve("image-16"));
    TinyModel.copy(TinyModel.resource("encoders/text-16"), home.resolve("text-16"));
    TinyModel.copy(TinyModel.folder(), home.resolve("model"));
    Path config = home.resolve("model/adapter_config.json");
    String text = Files.readString(config);
    Files.writeString(
        config, text.replaceAll("\"source\" : \"[^\"]*/([a-z]+-16)\"", "\"source\" : \"../$1\""));
    return home;
  }

  @Test
  @DisplayName("tells of an encoder that is missing, another one, or out of reach, in one line")
  void tellsOfEncoders() throws IOException {
    Path home = remote();
    PmfTransformer there = TinyModel.transformer().setModel(home.resolve("model").toString());
    Dataset<Row> predicted = there.transform(TinyModel.rows());
    Files.move(home.resolve("text-16"), home.resolve("elsewhere"));
    assertThat(Failures.line(catchThrowable(predicted::collectAsList)))
        .isEqualTo(home.resolve("text-16") + ": no such encoder directory");
    TinyModel.copy(TinyModel.resource("encoders/text-12"), home.resolve("text-16"));
    Dataset<Row> again = there.transform(TinyModel.rows());
    assertThat(Failures.line(catchThrowable(again::collectAsList)))
        .startsWith(home.resolve("model") + ": the text encoder in " + home.resolve("text-16"))
        .contains("is not the one the model was trained on");
    String away = "hdfs://127.0.0.1:1/models/text";
    Dataset<Row> unreachable = there.setEncoder("text", away).transform(TinyModel.rows());
    assertThat(Failures.line(catchThrowable(unreachable::collectAsList)))
        .isEqualTo(away + ": cannot be read: the file system hdfs://127.0.0.1:1 cannot be reached");
  }

  @Test
  @DisplayName("tells of a model that executors have otherwise than the driver")
  void tellsOfAnotherModel() throws IOException {
    Path home = remote();
    Dataset<Row> predicted =
        TinyModel.transformer()
            .setModel(home.resolve("model").toString())
            .transform(TinyModel.rows());
    Path config = home.resolve("model/adapter_config.json");
    Files.writeString(config, Files.readString(config) + "\n");
    assertThat(Failures.line(catchThrowable(predicted::collectAsList)))
        .startsWith(home.resolve("model") + ": the model on this executor is another");
  }

  /** In the order of the table. */
  private static List<String> ids() {
    List<String> ids = new ArrayList<>();
    LocalCluster.session()
        .read()
        .option("header", "true")
        .csv(TinyModel.table().toString())
        .select("image")
        .collectAsList()
        .forEach(row -> ids.add(row.getString(0)));
    return ids;
  }

  private static Map<String, Row> byId(Dataset<Row> rows) {
    Map<String, Row> all = new LinkedHashMap<>();
    rows.orderBy("id").collectAsList().forEach(row -> all.put(row.getAs("id"), row));
    return all;
  }

  private static Map<String, Vector> probabilities(Dataset<Row> rows) {
    Map<String, Vector> all = new LinkedHashMap<>();
    byId(rows).forEach((text, row) -> all.put(text, row.getAs("probability")));
    return all;
  }

  private static double[] wide(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }
}
