package org.pmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pmf4j.core.safetensors.SafetensorsFile;

/** The encoders and their exports were written by make_exports.py, beside them. */
@DisplayName("pmf import")
class ImportTest {
  private static final Path EXPORTS = Path.of("src", "test", "resources", "onnx");

  @TempDir private Path folder;

  /** The files of an encoder without its weights. */
  private Path config(String name) throws IOException {
    Path config = Files.createDirectories(folder.resolve("config"));
    for (String file :
        List.of("config.json", "vocab.txt", "tokenizer.json", "preprocessor_config.json")) {
      Path from = EXPORTS.resolve(name).resolve(file);
      if (Files.exists(from)) {
        Files.copy(from, config.resolve(file));
      }
    }
    return config;
  }

  private Path out() {
    return folder.resolve("encoder");
  }

  private Outcome imported(Path onnx, Path config) {
    return Outcome.of("import", "--onnx", onnx, "--config-dir", config, "--out", out());
  }

  private static Path export(String name) {
    return EXPORTS.resolve(name).resolve("export.onnx");
  }

  @ParameterizedTest(name = "{0} back to its bits")
  @ValueSource(strings = {"bert", "bert-untrained", "vit", "t5"})
  @DisplayName("brings the weights of")
  void weights(String name) throws IOException {
    imported(export(name), config(name)).succeeded();
    try (SafetensorsFile expected =
            SafetensorsFile.open(EXPORTS.resolve(name).resolve("model.safetensors"));
        SafetensorsFile found = SafetensorsFile.open(out().resolve("model.safetensors"))) {
      Set<String> missing = new TreeSet<>(expected.names());
      missing.removeAll(found.names());
      assertThat(missing).isEmpty();
      for (String tensor : expected.names()) {
        assertThat(found.tensor(tensor).shape()).isEqualTo(expected.tensor(tensor).shape());
        assertThat(found.tensor(tensor).data())
            .as(tensor)
            .isEqualTo(expected.tensor(tensor).data());
      }
    }
    assertThat(out().resolve("config.json"))
        .hasSameTextualContentAs(EXPORTS.resolve(name).resolve("config.json"));
  }

  @Test
  @DisplayName("makes an encoder that computes what the exported one did")
  void encodes() throws IOException {
    imported(export("bert"), config("bert")).succeeded();
    Path original = folder.resolve("original.safetensors");
    Path states = folder.resolve("states.safetensors");
    Path table = Files.writeString(folder.resolve("in.csv"), "text\na b c\nd\n");
    for (Object[] pair : new Object[][] {{EXPORTS.resolve("bert"), original}, {out(), states}}) {
      Outcome.of(
              "encode", "--encoder", pair[0], "--data", table, "--column", "text", "--out", pair[1])
          .succeeded();
    }
    assertThat(states).hasSameBinaryContentAs(original);
  }

  @Test
  @DisplayName("takes an encoder's folder once")
  void taken() throws IOException {
    Path config = config("vit");
    imported(export("vit"), config).succeeded();
    imported(export("vit"), config).wasRefused("holds an encoder already", "--out");
    Outcome.of("import", "--onnx", export("vit"), "--config-dir", config, "--out", config)
        .wasRefused("must stay as it is");
  }

  @Test
  @DisplayName("tells which weight is missing or has another shape, and leaves nothing")
  void otherConfiguration() throws IOException {
    Path config = config("bert");
    Path json = config.resolve("config.json");
    String text = Files.readString(json);
    Files.writeString(json, text.replace("\"num_hidden_layers\": 2", "\"num_hidden_layers\": 3"));
    imported(export("bert"), config).wasRefused("export.onnx", "encoder.layer.2.", "is missing");
    Files.writeString(json, text.replace("\"intermediate_size\": 12", "\"intermediate_size\": 16"));
    imported(export("bert"), config)
        .wasRefused("export.onnx", "intermediate.dense.weight", "[12, 8]", "[16, 8]");
    assertThat(out().resolve("model.safetensors")).doesNotExist();
  }

  @Test
  @DisplayName("tells what is no model, or is damaged")
  void damaged() throws IOException {
    Path config = config("bert");
    imported(folder.resolve("gone.onnx"), config).wasRefused("gone.onnx");
    Path text = Files.writeString(folder.resolve("text.onnx"), "this is no model");
    imported(text, config).wasRefused("text.onnx", "no ONNX model");
    Path empty = Files.createFile(folder.resolve("empty.onnx"));
    imported(empty, config).wasRefused("empty.onnx", "no ONNX model");
    byte[] whole = Files.readAllBytes(export("bert"));
    Path cut = folder.resolve("cut.onnx");
    for (int length : new int[] {10, whole.length / 3, whole.length - 1}) {
      Files.write(cut, Arrays.copyOf(whole, length));
      imported(cut, config).wasRefused("cut.onnx");
    }
  }

  private Path changed(String name, Consumer<GraphProto.Builder> change) throws IOException {
    ModelProto.Builder model = ModelProto.parseFrom(Files.readAllBytes(export("bert"))).toBuilder();
    change.accept(model.getGraphBuilder());
    return Files.write(folder.resolve(name), model.build().toByteArray());
  }

  private static TensorProto.Builder weight(GraphProto.Builder graph, String name) {
    return graph.getInitializerBuilderList().stream()
        .filter(t -> t.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  @DisplayName("refuses weights that are no longer those of the model")
  void otherKinds() throws IOException {
    Path config = config("bert");
    NodeProto quantized = NodeProto.newBuilder().setOpType("DequantizeLinear").build();
    imported(changed("int8.onnx", g -> g.addNode(quantized)), config)
        .wasRefused("int8.onnx", "quantized", "single precision");
    NodeProto fused =
        NodeProto.newBuilder().setOpType("Attention").setDomain("com.microsoft").build();
    imported(changed("fused.onnx", g -> g.addNode(fused)), config)
        .wasRefused("fused.onnx", "optimized for ONNX Runtime", "as it was exported");
    imported(
            changed("odd.onnx", g -> weight(g, "embeddings.LayerNorm.bias").setDataType(16 + 8)),
            config)
        .wasRefused("odd.onnx", "embeddings.LayerNorm.bias", "is not read");
    imported(
            changed(
                "short.onnx",
                g ->
                    weight(g, "embeddings.LayerNorm.bias")
                        .setRawData(ByteString.copyFrom(new byte[28]))),
            config)
        .wasRefused("short.onnx", "embeddings.LayerNorm.bias", "28 bytes", "needs 32");
    imported(
            changed("large.onnx", g -> weight(g, "embeddings.LayerNorm.bias").setDims(0, 1L << 60)),
            config)
        .wasRefused("large.onnx", "embeddings.LayerNorm.bias", "dimensions");
    byte[] nan = {0, 0, (byte) 0xC0, 0x7F};
    imported(
            changed(
                "nan.onnx",
                g -> {
                  TensorProto.Builder bias = weight(g, "embeddings.LayerNorm.bias");
                  bias.setRawData(ByteString.copyFrom(nan).concat(bias.getRawData().substring(4)));
                }),
            config)
        .wasRefused("nan.onnx", "embeddings.LayerNorm.bias", "not a number");
    assertThat(out().resolve("model.safetensors")).doesNotExist();
  }
}
