package org.pmf4j.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.backend.Backend.InferenceBody;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Neural;
import org.pmf4j.api.tensor.Tensor;

@DisplayName("A body becomes a model")
class TracingBackendTest {
  private static final GraphInput X =
      GraphInput.of("text.x", DType.FLOAT32, Dim.open("batch"), Dim.open("length"), Dim.of(2));

  private final TracingBackend tracing = TracingBackend.open(Opset.DEFAULT);

  @TempDir private Path folder;

  @AfterEach
  void close() {
    tracing.close();
  }

  private Tensor weight(String name, float... values) {
    Tensor weight = tracing.backend().tensor(HostTensor.of(values, values.length / 2, 2));
    tracing.name(weight, name);
    return weight;
  }

  private OnnxModel head(TracingBackend on, Tensor weight) {
    return on.trace(
        "head",
        List.of(X),
        in -> Named.of("logits", Neural.gelu(Neural.linear(in.get("text.x"), weight, null))));
  }

  private ModelProto written(OnnxModel model) throws IOException {
    Path file = folder.resolve("model.onnx");
    model.write(file);
    return ModelProto.parseFrom(Files.readAllBytes(file));
  }

  private static List<String> operators(GraphProto graph) {
    return graph.getNodeList().stream().map(NodeProto::getOpType).toList();
  }

  private static List<String> dims(ValueInfoProto of) {
    return of.getType().getTensorType().getShape().getDimList().stream()
        .map(TracingBackendTest::dim)
        .toList();
  }

  private static String dim(Dimension dim) {
    return dim.hasDimValue() ? Long.toString(dim.getDimValue()) : dim.getDimParam();
  }

  @Test
  void inputsOutputsAndWeightsHaveTheirNamesAndShapes() throws IOException {
    GraphProto graph = written(head(tracing, weight("head.weight", 1, 2, 3, 4, 5, 6))).getGraph();

    assertThat(graph.getInputList()).extracting(ValueInfoProto::getName).containsExactly("text.x");
    assertThat(dims(graph.getInput(0))).containsExactly("batch", "length", "2");
    assertThat(graph.getOutputList()).extracting(ValueInfoProto::getName).containsExactly("logits");
    assertThat(dims(graph.getOutput(0))).containsExactly("batch", "", "3");
    assertThat(operators(graph)).containsExactly("Transpose", "MatMul", "Gelu", "Identity");
    TensorProto weight = graph.getInitializer(0);
    assertThat(weight.getName()).isEqualTo("head.weight");
    assertThat(weight.getDimsList()).containsExactly(3L, 2L);
    assertThat(weight.getRawData().asReadOnlyByteBuffer())
        .isEqualTo(HostTensor.of(new float[] {1, 2, 3, 4, 5, 6}, 3, 2).data());
  }

  @Test
  void anOldOpsetHasNoGelu() throws IOException {
    try (TracingBackend old = TracingBackend.open(Opset.V17);
        Tensor weight = old.backend().tensor(HostTensor.of(new float[] {1, 2}, 1, 2))) {
      ModelProto model = written(head(old, weight));

      assertThat(model.getOpsetImport(0).getVersion()).isEqualTo(17);
      assertThat(model.getIrVersion()).isEqualTo(8);
      assertThat(operators(model.getGraph())).contains("Erf").doesNotContain("Gelu");
    }
  }

  @Test
  void whatIsComputedTwiceIsOneNode() throws IOException {
    InferenceBody body =
        in -> {
          Tensor x = in.get("text.x");
          return Named.of("y", x.exp().add(x.exp()).add(1).mul(x.exp().add(1)));
        };
    GraphProto graph = written(tracing.trace("twice", List.of(X), body)).getGraph();

    assertThat(operators(graph)).containsExactly("Exp", "Add", "Add", "Add", "Mul", "Identity");
  }

  @Test
  void weightsBesideTheModelLieWhereItSays() throws IOException {
    Tensor first = weight("first", 1, 2);
    Tensor second = weight("second", 3, 4);
    OnnxModel model =
        tracing.trace(
            "sum",
            List.of(X),
            in -> Named.of("y", in.get("text.x").add(first.reshape(2)).add(second.reshape(2))));

    model.write(
        folder.resolve("model.onnx"), model.writeWeights(folder.resolve("w.data"), "w.data"));

    byte[] weights = Files.readAllBytes(folder.resolve("w.data"));
    ModelProto read = ModelProto.parseFrom(Files.readAllBytes(folder.resolve("model.onnx")));
    TensorProto last = read.getGraph().getInitializer(2);
    assertThat(last.getName()).isEqualTo("second");
    Map<String, String> place =
        last.getExternalDataList().stream()
            .collect(
                Collectors.toMap(StringStringEntryProto::getKey, StringStringEntryProto::getValue));
    assertThat(place)
        .containsEntry("location", "w.data")
        .containsEntry("offset", "64")
        .containsEntry("length", "8");
    assertThat(weights).hasSize(72);
    assertThat(ByteBuffer.wrap(weights, 64, 8).slice())
        .isEqualTo(HostTensor.of(new float[] {3, 4}, 2).data());
  }

  @Test
  void theSameBodyGivesTheSameBytes() throws IOException {
    Tensor weight = weight("w", 1, 2, 3, 4);
    assertThat(written(head(tracing, weight))).isEqualTo(written(head(tracing, weight)));
  }

  @Test
  void metadataIsWrittenInItsOrder() throws IOException {
    OnnxModel model = head(tracing, weight("w", 1, 2)).withMetadata(Map.of("labels", "[\"a\"]"));
    assertThat(written(model).getMetadataPropsList())
        .extracting(StringStringEntryProto::getKey)
        .containsExactly("labels");
  }

  @Test
  void anOpenDimensionIsNoNumber() {
    assertThatThrownBy(
            () ->
                tracing.trace(
                    "n",
                    List.of(X),
                    in -> Named.of("y", in.get("text.x").mul((double) in.get("text.x").dim(1)))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("not known yet");
  }

  @Test
  void nothingHasTheNameOfAnother() {
    Tensor weight = weight("w", 1, 2);
    Tensor other = tracing.backend().tensor(HostTensor.of(new float[] {1, 2}, 1, 2));
    assertThatThrownBy(() -> tracing.name(other, "w"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'w'");
    assertThatThrownBy(() -> tracing.trace("x", List.of(X, X), in -> in))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two inputs");
    assertThatThrownBy(() -> tracing.trace("x", List.of(X), in -> in))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'text.x'");
    assertThatThrownBy(
            () ->
                tracing.trace(
                    "x",
                    List.of(X),
                    in -> Named.of("w", in.get("text.x").matmul(weight.transpose()))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'w'");
  }

  @Test
  void aProgramIsNotRun() {
    try (Program program = tracing.backend().inference("p", in -> in)) {
      assertThatThrownBy(() -> program.run(Named.none()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("cannot be run");
    }
  }

  @Test
  void aWeightThatLeftTheBackendIsRefused() {
    Tensor weight = weight("w", 1, 2);
    weight.close();
    assertThatThrownBy(() -> head(tracing, weight)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aWeightLiesBelowTheModelsFolder() {
    for (String file : new String[] {"", "/etc/w", "../w", "a/../../w", "a\\w"}) {
      assertThatThrownBy(() -> new WeightPlace(file, 0, 1))
          .as(file)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(new WeightPlace("encoders/text/model.safetensors", 8, 4).offset()).isEqualTo(8);
  }

  @Test
  void aPlaceFitsItsWeight() {
    OnnxModel model = head(tracing, weight("w", 1, 2));
    assertThatThrownBy(() -> model.write(folder.resolve("m"), Named.none()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'w'");
    assertThatThrownBy(
            () -> model.write(folder.resolve("m"), Named.of("w", new WeightPlace("d", 0, 4))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("8 bytes");
  }

  @Test
  void aFolderThatIsMissingIsToldInOneLine() {
    OnnxModel model = head(tracing, weight("w", 1, 2));
    assertThatThrownBy(() -> model.write(folder.resolve("none").resolve("model.onnx")))
        .isInstanceOf(PmfException.class)
        .hasMessageContaining("model.onnx")
        .hasMessageNotContaining("\n");
  }
}
