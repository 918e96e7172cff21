package org.pmf4j.spark;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.core.data.ContentHash;
import org.pmf4j.core.encoder.LoadedEncoder;
import org.pmf4j.core.model.EncoderSet;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.core.run.CacheConfig;
import org.pmf4j.core.run.TrainConfig;
import org.pmf4j.core.trunk.CachedTrunks;
import org.pmf4j.spark.hadoop.CopiedEntries;
import org.pmf4j.spark.trunk.TrunkFilling;

@DisplayName("The cache of trunks")
class PmfTrunkCacheTest {
  @TempDir Path folder;

  /** Of a fill that failed, tasks may still write into the folder, which is to be removed. */
  @AfterEach
  void awaitTasks() {
    LocalCluster.awaitIdle();
  }

  @Test
  @DisplayName("has, filled by two executors, the files of one machine, byte for byte")
  void hasTheFilesOfOneMachine() throws IOException {
    Map<String, String> expected = oneMachine();
    Path local = folder.resolve("local");
    Path remote = folder.resolve("remote");
    TrunkFilling.Filled filled = cache(local.toString()).fill(TinyModel.rows());
    assertThat(filled.rows()).isEqualTo(16);
    assertThat(entries(local)).isEqualTo(expected);
    cache(Shelf.of(remote)).fill(TinyModel.rows());
    assertThat(entries(remote)).isEqualTo(expected);
    assertThat(cache(Shelf.of(remote)).fill(TinyModel.rows()).computed()).isZero();
  }

  @Test
  @DisplayName("goes on where it was cut, and replaces what is broken")
  void goesOn() throws IOException {
    Map<String, String> expected = oneMachine();
    Path remote = folder.resolve("remote");
    cache(Shelf.of(remote)).fill(TinyModel.rows().where("id < 'images/08'"));
    int before = entries(remote).size();
    assertThat(before).isPositive().isLessThan(expected.size());
    Path broken = remote.resolve(entries(remote).keySet().iterator().next());
    Files.write(broken, new byte[] {1, 2, 3});
    assertThat(cache(Shelf.of(remote)).fill(TinyModel.rows()).computed())
        .isGreaterThanOrEqualTo(expected.size() - before + 1);
    assertThat(entries(remote)).isEqualTo(expected);
  }

  @Test
  @DisplayName("is read by training through a copy on this machine, and nothing is computed")
  void isReadThroughACopy() throws IOException {
    Path remote = folder.resolve("remote");
    cache(Shelf.of(remote)).fill(TinyModel.rows());
    Map<String, String> expected = entries(remote);
    Path copies = folder.resolve("copies");
    TrainConfig config = config();
    var plan = TinyModel.pmf().plan(config);
    Named<LoadedEncoder> encoders =
        EncoderSet.load(TinyModel.pmf().encoderLoader(), plan.specs(), config.precision());
    var examples = TinyModel.examples();
    try (CachedTrunks trunks =
        new CachedTrunks(
            TinyModel.pmf().backend(),
            encoders,
            plan.method().plan().fusionLayers(),
            CopiedEntries.caches(
                Shelf.of(remote), copies, LocalCluster.context().hadoopConfiguration()),
            CachedTrunks.Storage.FP32,
            CachedTrunks.Content.ATTENTION)) {
      Shelf.bound(remote, 0); // whoever writes there is found out
      trunks.fill(examples, Progress.SILENT);
      assertThat(entries(copies)).isEmpty();
      trunks.release(trunks.prepare(examples.subList(0, 8)));
      assertThat(expected).containsAllEntriesOf(entries(copies));
      assertThat(entries(copies)).isNotEmpty();
    } finally {
      encoders.asMap().values().forEach(LoadedEncoder::close);
    }
  }

  @Test
  @DisplayName("tells of a full disk in one line, and leaves whole entries alone")
  void tellsOfAFullDisk() throws IOException {
    Map<String, String> expected = oneMachine();
    Path remote = Files.createDirectories(folder.resolve("remote"));
    Shelf.bound(remote, 5_000);
    assertThatThrownBy(() -> cache(Shelf.of(remote)).fill(TinyModel.rows()))
        .isInstanceOf(PmfException.class)
        .hasMessageMatching("shelf:/.*: cannot be written: the disk is full, or the quota used up");
    LocalCluster.awaitIdle();
    assertThat(expected).containsAllEntriesOf(entries(remote));
    assertThat(entries(remote)).isNotEmpty();
    try (Stream<Path> all = Files.walk(remote)) {
      assertThat(all.filter(f -> f.toString().endsWith(".tmp"))).isEmpty();
    }
    Files.delete(remote.resolve(Shelf.ROOM));
    cache(Shelf.of(remote)).fill(TinyModel.rows());
    assertThat(entries(remote)).isEqualTo(expected);
  }

  @Test
  @DisplayName("tells of bad rows, columns, encoders and methods in one line each")
  void tellsWhatIsWrong() {
    PmfTrunkCache cache = cache(folder.toString());
    assertThatThrownBy(
            () -> cache.fill(TinyModel.rows().withColumn("image", lit("images/no-such.png"))))
        .hasMessageMatching("partition \\d+ row 1, column image: .*no-such\\.png.*");
    assertThatThrownBy(() -> cache.fill(TinyModel.rows().withColumn("text", lit(new byte[] {1}))))
        .hasMessageContaining("column text");
    assertThatThrownBy(() -> cache.fill(TinyModel.rows().drop("text")))
        .hasMessageStartingWith("the table has no column text");
    assertThatThrownBy(
            () -> cache(folder.toString()).encoder("text", "/no/such").fill(TinyModel.rows()))
        .hasMessage("/no/such: no such encoder directory");
    assertThatThrownBy(() -> cache("hdfs://127.0.0.1:1/cache").fill(TinyModel.rows()))
        .hasMessageMatching(
            "hdfs://127.0.0.1:1/cache/.*: the file system hdfs://127.0.0.1:1 cannot be reached");
    assertThatThrownBy(() -> cache("nowhere://host/cache").fill(TinyModel.rows()))
        .hasMessageContaining("no file system is set up for nowhere: names");
  }

  private PmfTrunkCache cache(String root) {
    return new PmfTrunkCache(root)
        .encoder("image", TinyModel.resource("encoders/image-16").toString())
        .encoder("text", TinyModel.resource("encoders/text-16").toString())
        .folder(TinyModel.table().getParent().toString());
  }

  private TrainConfig config() {
    return TrainConfig.builder()
        .data(TinyModel.table())
        .encoder("image", TinyModel.resource("encoders/image-16"))
        .encoder("text", TinyModel.resource("encoders/text-16"))
        .cache(new CacheConfig(Optional.of(folder.resolve("one")), CachedTrunks.Storage.FP32))
        .out(folder.resolve("model"))
        .build();
  }

  private Map<String, String> oneMachine() throws IOException {
    TinyModel.pmf().fillCache(config(), Progress.SILENT);
    return entries(folder.resolve("one"));
  }

  /** By its path, the hash of each entry. */
  private static Map<String, String> entries(Path root) throws IOException {
    Map<String, String> all = new TreeMap<>();
    if (!Files.exists(root)) {
      return all;
    }
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (file.getFileName().toString().matches("[0-9a-f]{62}")) {
          all.put(root.relativize(file).toString(), ContentHash.of(Files.readAllBytes(file)));
        }
      }
    }
    return all;
  }
}
