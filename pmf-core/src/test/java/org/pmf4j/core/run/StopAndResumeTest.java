package org.pmf4j.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.error.ErrorKind;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.TinyEncoders;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.core.run.TrainConfig.Existing;
import org.pmf4j.core.safetensors.SafetensorsFile;
import org.pmf4j.core.safetensors.SafetensorsWriter;
import org.pmf4j.core.training.TrainSettings;
import org.pmf4j.core.training.TrainingListener;

@DisplayName("A training run")
class StopAndResumeTest {
  /** Of 16 rows in batches of 8: 2 steps in each of 3 epochs. */
  private static final TrainSettings SETTINGS = TinyRun.settings(8).with("checkpoint-steps", 2);

  private static final String LAST = "checkpoints/last.safetensors";

  private static Pmf pmf;
  @TempDir private static Path shared;
  private static Path whole;

  @TempDir private Path folder;

  @BeforeAll
  static void open() {
    pmf = Pmf.open(TinyEncoders.BACKEND, new BackendOptions("auto", 1));
    whole = pmf.train(config(shared.resolve("whole")).build()).model();
  }

  @AfterAll
  static void close() {
    pmf.close();
  }

  private static TrainConfigBuilder config(Path out) {
    return TinyRun.config(out, SETTINGS);
  }

  private static void run(TrainConfig config, BooleanSupplier stop) {
    pmf.train(config, Progress.SILENT.until(stop), TrainingListener.NONE);
  }

  private static void assertStopped(TrainConfig config, BooleanSupplier stop, String... told) {
    assertThatThrownBy(() -> run(config, stop))
        .isInstanceOfSatisfying(
            PmfException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.STOPPED))
        .hasMessageContainingAll(told);
  }

  private static BooleanSupplier after(int times) {
    AtomicInteger asked = new AtomicInteger();
    return () -> asked.getAndIncrement() >= times;
  }

  @Test
  @DisplayName("ends where it is asked to, and goes on to the bits of an uninterrupted one")
  void stops() throws IOException {
    Path out = folder.resolve("out");
    Existing existing = Existing.REFUSE;
    int stops = 0;
    for (boolean finished = false; !finished; existing = Existing.RESUME) {
      TrainConfig config = config(out).existing(existing).build();
      try {
        run(config, after(2)); // once before training, once after a step or in a validation
        finished = true;
      } catch (PmfException e) {
        assertThat(e.kind()).isEqualTo(ErrorKind.STOPPED);
        assertThat(e).hasMessageContaining("checkpoints/last.safetensors");
        assertThat(out.resolve("checkpoints/last.safetensors")).exists();
        finished = ++stops > 20;
      }
      if (stops >= 6) {
        pmf.train(config(out).existing(Existing.RESUME).build());
        finished = true;
      }
    }
    assertThat(TinyRun.adapter(out)).isEqualTo(TinyRun.adapter(whole));
    assertThat(Files.readString(out.resolve("train_log.jsonl")).lines().count())
        .isEqualTo(Files.readString(whole.resolve("train_log.jsonl")).lines().count());
  }

  @Test
  @DisplayName("says that it was stopped before it began")
  void stopsBefore() {
    Path out = folder.resolve("out");
    assertStopped(config(out).build(), () -> true, "before training began");
    assertThat(out).doesNotExist();
  }

  @Test
  @DisplayName("takes an interrupt of its thread, at any moment, as being asked to stop")
  void interrupted() throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed of the moments: " + seed);
    Random random = new Random(seed);
    Path out = folder.resolve("out");
    AtomicInteger stops = new AtomicInteger();
    for (int i = 0; i < 12; i++) {
      TrainConfig config = config(out).existing(i == 0 ? Existing.REFUSE : Existing.RESUME).build();
      AtomicInteger unexpected = new AtomicInteger();
      Thread training =
          new Thread(
              () -> {
                try {
                  pmf.train(config);
                } catch (PmfException e) {
                  boolean told = e.kind() == ErrorKind.STOPPED && Thread.interrupted();
                  unexpected.addAndGet(told ? 0 : 1);
                  stops.incrementAndGet();
                }
              });
      training.setUncaughtExceptionHandler((t, e) -> unexpected.incrementAndGet());
      training.start();
      training.join(random.nextInt(1, 250));
      training.interrupt();
      training.join();
      assertThat(unexpected).as("run %d", i).hasValue(0);
    }
    System.out.println(stops + " of 12 runs were interrupted");
    pmf.train(config(out).existing(Existing.RESUME).build());
    assertThat(TinyRun.adapter(out)).isEqualTo(TinyRun.adapter(whole));
  }

  @Test
  @DisplayName("has its folder for itself, in one process too")
  void oneRunPerFolder() {
    Path out = folder.resolve("out");
    AtomicInteger refused = new AtomicInteger();
    pmf.train(
        config(out).build(),
        Progress.SILENT,
        epoch -> {
          for (Existing existing : Existing.values()) {
            assertThatThrownBy(() -> pmf.train(config(out).existing(existing).build()))
                .isInstanceOf(PmfException.class)
                .hasMessageContaining("is writing to this folder");
            refused.incrementAndGet();
          }
        });
    assertThat(refused).hasValue(9);
  }

  @Test
  @DisplayName(
      "goes on with more epochs, also after its end, and stays the same when stopped there")
  void moreEpochs() throws IOException {
    Path straight = copy(whole, folder.resolve("straight"));
    Path stopped = copy(whole, folder.resolve("stopped"));
    TrainSettings longer = SETTINGS.with("epochs", 5);
    TrainConfig config = config(straight).training(longer).existing(Existing.RESUME).build();
    assertThat(pmf.train(config).outcome().epochs()).isEqualTo(5);
    List<String> log = Files.readAllLines(straight.resolve("train_log.jsonl"));
    // The rate of step 7 of 10 with one step of warm-up: half a cosine, 5 of 9 done
    double rate = 5e-3 * 0.5 * (1 + Math.cos(Math.PI * 5 / 9));
    assertThat(log.get(9)).startsWith("{\"step\":7,").contains("\"learning_rate\":" + rate);

    TrainConfig again = config(stopped).training(longer).existing(Existing.RESUME).build();
    assertStopped(again, after(1), "epoch 4");
    pmf.train(config(stopped).training(longer).existing(Existing.RESUME).build());
    assertThat(TinyRun.adapter(stopped)).isEqualTo(TinyRun.adapter(straight));
    Map<String, HostTensor> last = read(straight.resolve(LAST), new LinkedHashMap<>());
    Map<String, HostTensor> other = read(stopped.resolve(LAST), new LinkedHashMap<>());
    last.forEach((n, t) -> assertThat(other.get(n).floats()).as(n).isEqualTo(t.floats()));
  }

  @Test
  @DisplayName(
      "goes on with another patience and other checkpoints, not with fewer epochs than done")
  void otherLimits() throws IOException {
    Path out = copy(whole, folder.resolve("out"));
    TrainConfigBuilder b = config(out).existing(Existing.RESUME);
    assertThatThrownBy(() -> pmf.train(b.training(SETTINGS.with("epochs", 2)).build()))
        .isInstanceOf(PmfException.class)
        .hasMessage("cannot resume: epoch 3 is done, and epochs is now 2; ask for 3 or more");
    pmf.train(b.training(SETTINGS.with("patience", 7).with("checkpoint-steps", 1)).build());
    assertThat(TinyRun.adapter(out)).isEqualTo(TinyRun.adapter(whole));
  }

  @Test
  @DisplayName("names a checkpoint that lacks a setting")
  void settingIsMissing() throws IOException {
    Path out = copy(whole, folder.resolve("out"));
    Path last = out.resolve("checkpoints").resolve("last.safetensors");
    String bytes = Files.readString(last, StandardCharsets.ISO_8859_1);
    assertThat(bytes).contains(".head\"");
    Files.writeString(last, bytes.replace(".head\"", ".hxad\""), StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> pmf.train(config(out).existing(Existing.RESUME).build()))
        .isInstanceOf(PmfException.class)
        .hasMessage(
            last
                + ": does not tell head, so that the run cannot go on; the file is damaged, or"
                + " another version's: start anew in another folder");
  }

  @Test
  @DisplayName("does not go on with another validation table, none, or another beginning")
  void otherData() throws IOException {
    Path out = copy(whole, folder.resolve("out"));
    TrainConfigBuilder b = config(out).existing(Existing.RESUME);
    Path other =
        Files.writeString(
            TinyEncoders.table().resolveSibling("other.csv"),
            Files.readString(TinyEncoders.table()) + "\n");
    try {
      assertThatThrownBy(() -> pmf.train(b.validation(other).build()))
          .hasMessageContaining("cannot resume: validation was");
      assertThatThrownBy(() -> pmf.train(b.validation((Path) null).build()))
          .hasMessageContaining("cannot resume: validation was")
          .hasMessageContaining("is now none");
      assertThatThrownBy(() -> pmf.train(config(out).existing(Existing.RESUME).init(whole).build()))
          .hasMessageContaining("cannot resume: init was none");
    } finally {
      Files.delete(other);
    }
  }

  @Test
  @DisplayName("that replaces another, and is stopped at its first step, goes on as itself")
  void replaces() throws IOException {
    Path out = copy(whole, folder.resolve("out"));
    TrainSettings other = SETTINGS.with("seed", 9).with("checkpoint-steps", 0);
    TrainConfigBuilder b = config(out).training(other);
    assertStopped(b.existing(Existing.OVERWRITE).build(), after(1), "after step 1");
    assertThat(TinyRun.adapter(out))
        .as("the old model, until there is a new one")
        .isEqualTo(TinyRun.adapter(whole));
    pmf.train(b.existing(Existing.RESUME).build());
    Path alone = folder.resolve("alone");
    pmf.train(config(alone).training(other).build());
    assertThat(TinyRun.adapter(out)).isEqualTo(TinyRun.adapter(alone));
  }

  @Test
  @DisplayName("refuses to go on where only the model is left")
  void withoutCheckpoint() throws IOException {
    Path out = copy(whole, folder.resolve("out"));
    Files.delete(out.resolve("checkpoints/last.safetensors"));
    assertThatThrownBy(() -> pmf.train(config(out).existing(Existing.RESUME).build()))
        .isInstanceOf(PmfException.class)
        .hasMessageContaining("no checkpoint to go on from");
  }

  @ParameterizedTest(name = "refuses a checkpoint whose {0} is {1}")
  @CsvSource(
      nullValues = "missing",
      value = {
        "epoch, missing",
        "epoch, -1",
        "epoch, x",
        "epoch, 4294967296",
        "batch, 7",
        "step, 1.5",
        "loss_sum, NaN",
        "loss_sum, missing",
        "best, maybe",
        "best_epoch, 9",
        "samples, -3",
        "log_bytes, 99999999999999999999"
      })
  void brokenState(String key, String value) throws IOException {
    Path out = copy(whole, folder.resolve("out"));
    Path last = out.resolve("checkpoints/last.safetensors");
    Map<String, String> metadata = new LinkedHashMap<>();
    Map<String, HostTensor> tensors = read(last, metadata);
    if (value == null) {
      metadata.remove(key);
    } else {
      metadata.put(key, value);
    }
    SafetensorsWriter.write(last, tensors, metadata);
    refused(out, last.toString(), '"' + key + '"');
  }

  @ParameterizedTest(name = "refuses a checkpoint whose tensor {0} has a NaN")
  @CsvSource({"head.text.bias", "optimizer.second_moment.head.text.bias"})
  void brokenTensor(String name) throws IOException {
    Path out = copy(whole, folder.resolve("out"));
    Path last = out.resolve("checkpoints/last.safetensors");
    Map<String, String> metadata = new LinkedHashMap<>();
    Map<String, HostTensor> tensors = read(last, metadata);
    tensors.put(name, HostTensor.of(new float[] {0, Float.NaN, 0}, 3));
    SafetensorsWriter.write(last, tensors, metadata);
    refused(out, last.toString(), name, "not a number");
  }

  @Test
  @DisplayName("refuses a best epoch that lacks a tensor")
  void brokenBest() throws IOException {
    Path out = copy(whole, folder.resolve("out"));
    Path best = out.resolve("checkpoints/best.safetensors");
    Map<String, HostTensor> tensors = read(best, new LinkedHashMap<>());
    tensors.remove("head.text.bias");
    SafetensorsWriter.write(best, tensors, Map.of());
    refused(out, best.toString(), "head.text.bias is missing");
  }

  private static void refused(Path out, String... told) {
    assertThatThrownBy(() -> pmf.train(config(out).existing(Existing.RESUME).build()))
        .isInstanceOfSatisfying(
            PmfException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INPUT))
        .hasMessageContainingAll(told);
  }

  private static Map<String, HostTensor> read(Path file, Map<String, String> metadata) {
    Map<String, HostTensor> tensors = new LinkedHashMap<>();
    try (SafetensorsFile f = SafetensorsFile.open(file)) {
      metadata.putAll(f.metadata());
      f.names().forEach(name -> tensors.put(name, f.tensor(name)));
    }
    return tensors;
  }

  private static Path copy(Path from, Path to) throws IOException {
    try (var all = Files.walk(from)) {
      for (Path each : all.toList()) {
        Files.copy(each, to.resolve(from.relativize(each).toString()));
      }
    }
    return to;
  }
}
