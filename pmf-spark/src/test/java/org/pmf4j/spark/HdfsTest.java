package org.pmf4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivilegedExceptionAction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.spark.sql.Row;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.core.model.Prediction;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.core.run.TrainConfig.Existing;
import org.pmf4j.core.training.TrainingListener;
import org.pmf4j.spark.hadoop.LocalCopies;
import org.pmf4j.spark.train.TrainingFiles;

@DisplayName("A cluster whose files are all on HDFS")
class HdfsTest {
  @TempDir private static Path shared;
  private static Hdfs hdfs;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws IOException {
    LocalCluster.session();
    hdfs = Hdfs.start(shared);
    hdfs.put(TinyModel.table().getParent(), "data");
    for (Path encoder : TinyRun.encoders().values()) {
      hdfs.put(encoder, "encoders/" + encoder.getFileName());
    }
  }

  @AfterAll
  static void stop() {
    hdfs.close();
  }

  private static Map<String, String> encoders() {
    Map<String, String> places = new LinkedHashMap<>();
    TinyRun.encoders()
        .forEach((name, path) -> places.put(name, hdfs.at("encoders/" + path.getFileName())));
    return places;
  }

  private static TrainingFiles files(String out) {
    String table = hdfs.at("data/train.csv");
    return new TrainingFiles(table, Optional.of(table), out);
  }

  private static void train(String out, Existing existing, TrainingListener listener) {
    forgetCopies();
    TinyRun.onCluster(encoders(), hdfs.at("cache"), files(out), existing, Map.of(), listener);
  }

  /** As on a machine that has not been a driver before. */
  private static void forgetCopies() {
    FileUtil.fullyDelete(LocalCopies.folder().toFile());
  }

  /** Ends a run when it has written so many checkpoints, the last of which it does not publish. */
  private static TrainingListener cutAt(int checkpoint) {
    int[] written = {0};
    return new TrainingListener() {
      @Override
      public void saved(Path file) {
        if (++written[0] == checkpoint) {
          throw PmfException.computation("cut off");
        }
      }

      @Override
      public void epochEnded(Epoch epoch) {}
    };
  }

  @Test
  @DisplayName(
      "fills a cache, trains, is cut, goes on from an empty disk, and predicts, to the bit")
  void sameBits() throws Exception {
    String table = hdfs.at("data/train.csv");
    PmfTrunkCache cache = new PmfTrunkCache(hdfs.at("cache")).folder(hdfs.at("data"));
    encoders().forEach(cache::encoder);
    assertThat(cache.fill(LocalCluster.session().read().option("header", "true").csv(table)).rows())
        .isEqualTo(16);

    String out = hdfs.at("models/ads");
    assertThatThrownBy(() -> train(out, Existing.REFUSE, cutAt(4))).hasMessage("cut off");
    assertThat(names(out)).contains("checkpoints/last.safetensors", "train_log.jsonl");
    assertThat(names(out)).doesNotContain("adapter_config.json");
    assertThatThrownBy(() -> train(out, Existing.RESUME, cutAt(3))).hasMessage("cut off");
    train(out, Existing.RESUME, TrainingListener.NONE);
    Path model = get(out, "model");
    assertThat(TinyRun.adapter(model)).isEqualTo(TinyRun.adapter());
    assertThat(names(out)).noneMatch(name -> name.contains(".staged"));

    // Encoders are found by what the model says of them
    PmfTransformer transformer =
        new PmfTransformer().setModel(out).setFolder(hdfs.at("data")).setBatchSize(1);
    Map<String, String> predicted = new TreeMap<>();
    for (Row row :
        transformer
            .setLogitsCol("logits")
            .transform(LocalCluster.session().read().option("header", "true").csv(table))
            .select("image", "text", "logits")
            .collectAsList()) {
      predicted.put(row.get(0) + " " + row.get(1), row.get(2).toString());
    }
    assertThat(predicted).isEqualTo(alone(model));
  }

  /** What one machine predicts, of a copy of the model. */
  private static Map<String, String> alone(Path model) {
    Map<String, String> all = new TreeMap<>();
    try (var classifier = TinyRun.pmf().saved(model, TinyRun.encoders()).load(1)) {
      var examples =
          classifier.read(TinyModel.table(), org.pmf4j.core.data.Table.Labelled.OPTIONAL);
      List<Prediction> told = classifier.predict(examples, Progress.SILENT);
      List<Row> rows =
          LocalCluster.session()
              .read()
              .option("header", "true")
              .csv(TinyModel.table().toString())
              .select("image", "text")
              .collectAsList();
      for (int i = 0; i < rows.size(); i++) {
        double[] logits = new double[told.get(i).logits().length];
        for (int k = 0; k < logits.length; k++) {
          logits[k] = told.get(i).logits()[k];
        }
        all.put(
            rows.get(i).get(0) + " " + rows.get(i).get(1),
            org.apache.spark.ml.linalg.Vectors.dense(logits).toString());
      }
    }
    return all;
  }

  @Test
  @DisplayName("goes on with a run of one machine, and one machine with its own")
  void movesBetween() throws IOException {
    Path began = folder.resolve("began");
    assertThatThrownBy(
            () ->
                TinyRun.pmf()
                    .train(TinyRun.config(began, folder).build(), Progress.SILENT, cutAt(3)))
        .hasMessage("cut off");
    hdfs.put(began, "models/moved");
    String out = hdfs.at("models/moved");
    assertThatThrownBy(() -> train(out, Existing.RESUME, cutAt(3))).hasMessage("cut off");
    Path back = get(out, "back");
    TinyRun.pmf().train(TinyRun.config(back, folder).existing(Existing.RESUME).build());
    assertThat(TinyRun.adapter(back)).isEqualTo(TinyRun.adapter());
  }

  @Test
  @DisplayName("whose name node stops ends a run with one line, which goes on when it is back")
  void nameNodeStops() throws IOException {
    String out = hdfs.at("models/stopped");
    TrainingListener stopping =
        epoch -> {
          if (epoch.number() == 2) {
            hdfs.stopNameNode();
          }
        };
    try {
      assertRefused(
          () -> train(out, Existing.REFUSE, stopping), "models/stopped", "cannot be reached");
    } finally {
      hdfs.startNameNode();
    }
    train(out, Existing.RESUME, TrainingListener.NONE);
    assertThat(TinyRun.adapter(get(out, "model"))).isEqualTo(TinyRun.adapter());
  }

  @Test
  @DisplayName("tells in one line of hosts, folders, tables and permissions that are not there")
  void tellsWhatIsWrong() throws Exception {
    assertRefused(
        () -> train("hdfs://no-such-host.invalid/models/a", Existing.REFUSE, TrainingListener.NONE),
        "hdfs://no-such-host.invalid/models/a",
        "cannot be reached");
    String missing = hdfs.at("data/none.csv");
    TrainingFiles files = new TrainingFiles(missing, Optional.empty(), hdfs.at("models/b"));
    assertRefused(
        () ->
            TinyRun.onCluster(
                encoders(),
                hdfs.at("cache"),
                files,
                Existing.REFUSE,
                Map.of(),
                TrainingListener.NONE),
        missing + ": cannot be read: there is no such file");
    TrainingFiles a = new TrainingFiles(hdfs.at("data"), Optional.empty(), hdfs.at("models/b"));
    assertRefused(
        () ->
            TinyRun.onCluster(
                encoders(), hdfs.at("cache"), a, Existing.REFUSE, Map.of(), TrainingListener.NONE),
        hdfs.at("data") + ": is a folder");
    assertThat(hdfs.files().exists(new org.apache.hadoop.fs.Path(hdfs.at("models/b")))).isFalse();
    assertRefused(
        () -> new PmfTransformer().setModel(hdfs.at("models/none")).transform(TinyModel.rows()),
        hdfs.at("models/none"),
        "there is no such file");
    UserGroupInformation guest = UserGroupInformation.createRemoteUser("guest");
    assertRefused(
        () ->
            guest.doAs(
                (PrivilegedExceptionAction<Void>)
                    () -> {
                      train(hdfs.at("models/guest"), Existing.REFUSE, TrainingListener.NONE);
                      return null;
                    }),
        hdfs.at("models/guest") + ": cannot be written: no permission");
  }

  @Test
  @DisplayName("names the picture that a row names and that is not there")
  void missingPicture() throws IOException {
    Path table = folder.resolve("broken.csv");
    Files.writeString(
        table, Files.readString(TinyModel.table()).replaceFirst("images/0", "images/none"));
    hdfs.put(table, "data/broken.csv");
    String broken = hdfs.at("data/broken.csv");
    TrainingFiles files = new TrainingFiles(broken, Optional.of(broken), hdfs.at("models/c"));
    assertRefused(
        () ->
            TinyRun.onCluster(
                encoders(),
                hdfs.at("cache"),
                files,
                Existing.REFUSE,
                Map.of(),
                TrainingListener.NONE),
        broken + " row 1",
        hdfs.at("data/images/none"),
        "there is no such file");
  }

  private static void assertRefused(ThrowingCallable what, String... told) {
    assertThatThrownBy(what)
        .isInstanceOf(PmfException.class)
        .hasMessageContainingAll(told)
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
  }

  private static List<String> names(String place) throws IOException {
    return hdfs.names(place);
  }

  private Path get(String place, String name) throws IOException {
    FileSystem files = hdfs.files();
    Path to = folder.resolve(name);
    files.copyToLocalFile(
        false,
        new org.apache.hadoop.fs.Path(place),
        new org.apache.hadoop.fs.Path(to.toString()),
        true);
    return to;
  }
}
