package org.pmf4j.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pmf4j.api.error.ErrorKind;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.core.safetensors.LazyTensor;
import org.pmf4j.core.safetensors.SafetensorsWriter;

@DisplayName("A model's directory")
class ModelDirectoryTest {
  private static final String STAGED = ".staged";

  @TempDir private Path folder;

  /** What the other process runs: saves one model after the other, all different. */
  static final class Saver {
    private Saver() {}

    public static void main(String[] args) {
      for (int i = 0; ; i++) {
        save(Path.of(args[0]), i);
      }
    }
  }

  /** A model all of whose files tell its number. */
  private static void save(Path path, int number) {
    float[] values = new float[20_000];
    java.util.Arrays.fill(values, number);
    Map<String, LazyTensor> tensors =
        Map.of("x", LazyTensor.of(HostTensor.of(values, values.length)));
    new ModelDirectory(path).save(config(number), tensors, "model " + number);
  }

  private static AdapterConfig config(int number) {
    return new AdapterConfig(
        "PMF",
        AdapterConfig.FORMAT_VERSION,
        "pmf",
        Map.of("fusion-layers", 1),
        List.of(
            new AdapterConfig.Base(
                "text", "bert", "../bert", "abc", "1:def", Map.of("pooling", "mean"))),
        "single-label",
        List.of("no", "yes"),
        null,
        null,
        "float32",
        Map.of(),
        number,
        1,
        "test",
        null);
  }

  /** The number of the model that is read, which all its parts must tell. */
  private static int read(Path path) {
    ModelDirectory.Saved model = new ModelDirectory(path).read();
    int number = Math.toIntExact(model.config().trainableParameters());
    assertThat(model.adapter().values().get("x").floats()).containsOnly((float) number);
    return number;
  }

  @Test
  @DisplayName("holds the old model or the new one wherever its writer was killed")
  void atEveryMoment() throws IOException {
    Path from = folder.resolve("from");
    Path to = folder.resolve("to");
    save(from, 1);
    save(to, 2);
    List<String> files = List.of("adapter_model.safetensors", "README.md", "adapter_config.json");
    for (int staged = 0; staged <= files.size(); staged++) {
      for (int moved = 0; moved <= (staged == files.size() ? staged : 0); moved++) {
        Path out = copy(from, folder.resolve("killed-" + staged + "-" + moved));
        Files.createDirectories(out.resolve(STAGED));
        for (int i = 0; i < staged; i++) {
          Path place = i < moved ? out : out.resolve(STAGED);
          Files.deleteIfExists(place.resolve(files.get(i)));
          Files.copy(to.resolve(files.get(i)), place.resolve(files.get(i)));
        }
        Files.writeString(out.resolve(STAGED).resolve(".x.1-0123456789abcdef.tmp"), "half");
        int expected = staged == files.size() ? 2 : 1;
        assertThat(read(out)).as("%d staged, %d moved", staged, moved).isEqualTo(expected);
        new ModelDirectory(out).finish();
        assertThat(read(out)).isEqualTo(expected);
        assertThat(Files.readString(out.resolve("README.md"))).isEqualTo("model " + expected);
        assertThat(out.resolve(STAGED)).doesNotExist();
        save(out, 3);
        assertThat(read(out)).isEqualTo(3);
      }
    }
  }

  @Test
  @DisplayName("holds a whole model while it is replaced again and again, and after each kill")
  void whileItIsReplaced() throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed of the moments: " + seed);
    Random random = new Random(seed);
    save(folder, 0);
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classes = System.getProperty("java.class.path");
    int models = 0;
    for (int kill = 0; kill < 6; kill++) {
      Process saver =
          new ProcessBuilder(
                  java,
                  "-XX:+UseSerialGC",
                  "-cp",
                  classes,
                  Saver.class.getName(),
                  folder.toString())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      try {
        int before = read(folder);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (models < 3 && System.nanoTime() < end) {
          models += read(folder) == before ? 0 : 1;
        }
        models = 0;
        Thread.sleep(random.nextInt(50));
      } finally {
        saver.destroyForcibly().waitFor();
      }
      read(folder);
    }
  }

  @Test
  @DisplayName("tells an adapter that is damaged, of another model, or not of numbers")
  void checks() throws IOException {
    Path a = folder.resolve("a");
    Path b = folder.resolve("b");
    save(a, 1);
    save(b, 2);
    Path adapter = a.resolve("adapter_model.safetensors");
    byte[] good = Files.readAllBytes(adapter);
    byte[] damaged = good.clone();
    damaged[damaged.length - 6] ^= 1;
    Files.write(adapter, damaged);
    refused(a, adapter, "adapter_sha256");
    Files.write(adapter, Files.readAllBytes(b.resolve("adapter_model.safetensors")));
    refused(a, adapter, "of another model");
    Files.delete(adapter);
    refused(a, adapter, "there is no such file");

    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      LazyTensor tensor = LazyTensor.of(HostTensor.of(new float[] {1, bad}, 2));
      new ModelDirectory(b).save(config(1), Map.of("head.bias", tensor), "card");
      refused(b, "tensor head.bias has a value that is not a number (element 2 of 2)");
    }
  }

  @ParameterizedTest(name = "names a key that is not as it must be: {0} to {1}")
  @CsvSource(
      delimiter = ';',
      value = {
        "\"float32\"; null; precision",
        "\"float32\"; \"fp8\"; precision",
        "\"float32\"; [ 1 ]; precision",
        "\"method\" : \"pmf\"; \"method\" : null; method",
        "\"method\" : \"pmf\"; \"method\" : 7; method",
        "\"no\"; null; labels[0]",
        "\"no\"; \"yes\"; labels",
        "[ \"no\", \"yes\" ]; []; labels",
        "[ \"no\", \"yes\" ]; {}; labels",
        "\"single-label\"; \"regression\"; targets",
        "\"single-label\"; \"ranking\"; task",
        "\"targets\" : null; \"targets\" : { \"mean\" : 0, \"deviation\" : 0 }; targets.deviation",
        "\"targets\" : null; \"targets\" : { \"mean\" : \"x\", \"deviation\" : 1 }; targets.mean",
        "\"fusion-layers\" : 1; \"fusion-layers\" : null; fusion.fusion-layers",
        "\"fusion-layers\" : 1; \"fusion-layers\" : { }; fusion.fusion-layers",
        "\"total_parameters\" : 1; \"total_parameters\" : -1; total_parameters",
        "\"total_parameters\" : 1; \"total_parameters\" : 99999999999999999999; total_parameters",
        "\"total_parameters\" : 1; \"total_parameters\" : 1, \"extra\" : 1; extra",
        "\"total_parameters\" : 1; \"total_parameters\" : 1, \"task\" : \"x\"; twice",
        "\"../bert\"; null; encoders[0].source",
        "\"name\" : \"text\"; \"nome\" : \"text\"; encoders[0].nome",
        "\"PMF\"; \"LORA\"; peft_type",
        "\"format_version\" : 2; \"format_version\" : 99; version 99",
        "\"format_version\" : 2; \"format_version\" : 4294967298; version 4294967298",
        "\"format_version\" : 2; \"format_version\" : \"2\"; format_version",
        "\"format_version\" : 2; \"format_version\" : 1; adapter_sha256",
        "\"adapter_sha256\"; \"sha\"; sha",
      })
  void namesTheKey(String old, String changed, String told) throws IOException {
    save(folder, 1);
    Path config = folder.resolve("adapter_config.json");
    String text = Files.readString(config);
    assertThat(text).contains(old);
    Files.writeString(config, text.replace(old, changed));
    refused(folder, config, told);
  }

  @ParameterizedTest(name = "refuses a configuration that is {0}")
  @ValueSource(
      strings = {"", "null", "[]", "7", "{", "{} {}", "{\"a\": 1e999999999}", "deep", "long"})
  void refusesOther(String kind) throws IOException {
    save(folder, 1);
    String text =
        switch (kind) {
          case "deep" -> "{\"fusion\":".repeat(100_000);
          case "long" -> "{\"peft_type\": \"" + "\\n\\u0000x".repeat(100_000) + "\"}";
          default -> kind;
        };
    Files.writeString(folder.resolve("adapter_config.json"), text);
    refused(folder, folder.resolve("adapter_config.json"));
  }

  private static void refused(Path model, Object... told) {
    assertThatThrownBy(() -> new ModelDirectory(model).read())
        .isInstanceOfSatisfying(
            PmfException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(ErrorKind.INPUT);
              assertThat(e.getMessage()).hasLineCount(1).hasSizeLessThan(600);
              assertThat(e.getMessage()).contains(Stream.of(told).map(String::valueOf).toList());
              assertThat(e.getMessage()).doesNotContain("jackson", "JsonNode", "Exception");
            });
  }

  @Test
  @DisplayName("starts another run from tensors that have no configuration beside them")
  void tensorsAlone() {
    SafetensorsWriter.write(
        folder.resolve("adapter_model.safetensors"),
        Map.of("x", HostTensor.of(new float[] {1}, 1)),
        Map.of());
    assertThat(new ModelDirectory(folder).readValues().values()).containsKey("x");
  }

  private static Path copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
    return to;
  }
}
