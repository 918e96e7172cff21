package org.pmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.core.safetensors.SafetensorsFile;
import org.pmf4j.core.safetensors.SafetensorsWriter;

@DisplayName("A bad encoder is refused in one clear line:")
class BadEncoderTest {
  private static final String TENSOR = "encoder.layer.0.attention.self.query.weight";

  @TempDir private Path folder;
  private Path encoder;
  private Path weights;

  @BeforeEach
  void copy() throws IOException {
    encoder = FixtureSamples.copy(FixtureSamples.TEXT_ENCODER, folder.resolve("bert"));
    weights = encoder.resolve("model.safetensors");
  }

  private Outcome train() {
    return Outcome.of(
        FixtureSamples.train(folder.resolve("model"), "--encoder", "text=" + encoder));
  }

  private Map<String, HostTensor> tensors() {
    Map<String, HostTensor> all = new TreeMap<>();
    try (SafetensorsFile file = SafetensorsFile.open(weights)) {
      file.names().forEach(name -> all.put(name, file.tensor(name)));
    }
    return all;
  }

  private void save(Map<String, HostTensor> tensors) {
    SafetensorsWriter.write(weights, tensors, Map.of("format", "pt"));
  }

  @Test
  @DisplayName("weights of zero bytes, cut off, missing")
  void damagedWeights() throws IOException {
    byte[] whole = Files.readAllBytes(weights);
    Files.write(weights, new byte[0]);
    train().wasRefused(weights);
    Files.write(weights, Arrays.copyOf(whole, whole.length - 100));
    train().wasRefused(weights);
    Files.write(weights, Arrays.copyOf(whole, 50));
    train().wasRefused(weights);
    Files.delete(weights);
    train().wasRefused(encoder, "safetensors");
  }

  @Test
  @DisplayName("headers that lie of their length or of a tensor's place")
  void lyingHeaders() throws IOException {
    byte[] whole = Files.readAllBytes(weights);
    for (long length : new long[] {Long.MAX_VALUE, -1, 1L << 32, whole.length, 3, 0}) {
      ByteBuffer changed = ByteBuffer.wrap(whole.clone()).order(ByteOrder.LITTLE_ENDIAN);
      Files.write(weights, changed.putLong(0, length).array());
      train().wasRefused(weights);
    }
    String text = new String(whole, StandardCharsets.ISO_8859_1);
    String lie = text.replaceFirst("\"data_offsets\":\\[0,(\\d)", "\"data_offsets\":[9,$1");
    assertThat(lie).isNotEqualTo(text);
    Files.write(weights, lie.getBytes(StandardCharsets.ISO_8859_1));
    train().wasRefused(weights);
  }

  @Test
  @DisplayName("a tensor of whole numbers, of the wrong shape, or missing, by its name")
  void wrongTensors() {
    Map<String, HostTensor> tensors = tensors();
    String name =
        tensors.keySet().stream().filter(n -> n.endsWith(TENSOR)).findFirst().orElseThrow();
    HostTensor right = tensors.get(name);
    long[] dims = right.shape().dims();
    tensors.put(name, HostTensor.of(new long[(int) right.shape().size()], dims));
    save(tensors);
    train().wasRefused(weights, name);
    tensors.put(name, HostTensor.of(new float[(int) (dims[0] * 3)], dims[0], 3));
    save(tensors);
    train().wasRefused(weights, name, "3");
    tensors.remove(name);
    save(tensors);
    train().wasRefused(weights, TENSOR);
  }

  @Test
  @DisplayName("but tensors that are left over do no harm")
  void extraTensors() {
    Map<String, HostTensor> tensors = tensors();
    tensors.put("something.else", HostTensor.of(new float[] {1}, 1));
    save(tensors);
    assertThat(train().code()).isZero();
  }

  @Test
  @DisplayName("a folder that is missing, a config that is missing, broken or of an unknown family")
  void badConfig() throws IOException {
    Path config = encoder.resolve("config.json");
    String right = Files.readString(config);
    Files.writeString(config, right.replace("\"bert\"", "\"gpt-17\""));
    train().wasRefused("gpt-17", "bert", "vit");
    Files.writeString(config, right.replace("\"model_type\"", "\"type\""));
    train().wasRefused(config, "model_type");
    Files.writeString(config, "{");
    train().wasRefused(config, "JSON");
    Files.delete(config);
    train().wasRefused(config, "missing");
    encoder = folder.resolve("none");
    train().wasRefused(encoder, "no such");
  }

  @Test
  @DisplayName("more layers than any encoder has")
  void tooManyLayers() throws IOException {
    Path config = encoder.resolve("config.json");
    String right = Files.readString(config);
    for (String depth : new String[] {"1001", "2147483647"}) {
      String changed =
          right.replaceFirst("\"num_hidden_layers\": *\\d+", "\"num_hidden_layers\": " + depth);
      assertThat(changed).isNotEqualTo(right);
      Files.writeString(config, changed);
      train().wasRefused(config, "num_hidden_layers", "1000", depth);
    }
  }

  @Test
  @DisplayName("a tokenizer that cannot be read, or none")
  void badTokenizer() throws IOException {
    Path tokenizer = encoder.resolve("tokenizer.json");
    Files.writeString(tokenizer, "{\"version\": 1");
    train().wasRefused(tokenizer);
    Files.writeString(tokenizer, "{}");
    train().wasRefused(tokenizer);
    Files.delete(tokenizer);
    Files.deleteIfExists(encoder.resolve("vocab.txt"));
    train().wasRefused(encoder, "tokenizer.json");
  }

  @Test
  @DisplayName("fewer than two encoders, or more layers to fuse than there are")
  void doNotFuse() {
    Outcome.of(
            "train",
            "--data",
            FixtureSamples.TABLE,
            "--encoder",
            "text=" + encoder,
            "--out",
            folder.resolve("model"),
            "--no-cache")
        .wasRefused("two");
    Outcome.of(FixtureSamples.train(folder.resolve("model"), "--fusion-layers", 99))
        .wasRefused("fusion-layers", "99");
  }
}
