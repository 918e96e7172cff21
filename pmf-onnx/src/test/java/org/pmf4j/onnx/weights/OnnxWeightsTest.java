package org.pmf4j.onnx.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.tensor.Shape;

class OnnxWeightsTest {
  private static final int FLOAT = TensorProto.DataType.FLOAT.getNumber();

  @TempDir private Path folder;

  private static TensorProto floats(String name, float[] values, long... dims) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(FLOAT);
    for (long dim : dims) {
      tensor.addDims(dim);
    }
    for (float value : values) {
      tensor.addFloatData(value);
    }
    return tensor.build();
  }

  private static NodeProto node(String type, String name, String out, String... in) {
    return NodeProto.newBuilder()
        .setOpType(type)
        .setName(name)
        .addOutput(out)
        .addAllInput(List.of(in))
        .build();
  }

  private Path model(List<TensorProto> weights, NodeProto... nodes) {
    GraphProto graph =
        GraphProto.newBuilder().addAllInitializer(weights).addAllNode(List.of(nodes)).build();
    Path file = folder.resolve("model.onnx");
    try {
      return Files.write(file, ModelProto.newBuilder().setGraph(graph).build().toByteArray());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static float[] values(OnnxTensor tensor) {
    float[] values = new float[Math.toIntExact(tensor.shape().size())];
    tensor.bytes().get().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }

  @Test
  void aMatrixWithoutANameHasThatOfTheBiasAddedToItsProduct() {
    Path file =
        model(
            List.of(
                floats("m_7", new float[] {1, 2, 3, 4, 5, 6}, 2, 3),
                floats("out.dense.bias", new float[] {7, 8, 9}, 3)),
            node("MatMul", "n", "y", "x", "m_7"),
            node("Add", "a", "z", "out.dense.bias", "y"));
    Map<String, OnnxTensor> tensors = OnnxWeights.read(file).tensors();
    assertThat(tensors).containsOnlyKeys("out.dense.bias", "out.dense.weight");
    OnnxTensor weight = tensors.get("out.dense.weight");
    assertThat(weight.shape()).isEqualTo(Shape.of(3, 2));
    assertThat(values(weight)).containsExactly(1, 4, 2, 5, 3, 6);
  }

  @Test
  void withoutABiasTheNodesPlaceNamesIt() {
    Path file =
        model(
            List.of(floats("m_7", new float[] {1, 2}, 2, 1), floats("m_8", new float[] {3}, 1, 1)),
            node("MatMul", "/block.0/query/MatMul", "y", "x", "m_7"),
            node("MatMul", "unplaced", "z", "y", "m_8"));
    OnnxWeights weights = OnnxWeights.read(file);
    assertThat(weights.tensors()).containsOnlyKeys("block.0.query.weight");
    assertThat(weights.nameless()).containsExactly("m_8 [1, 1]");
  }

  @Test
  void aGemmTellsItselfWhetherItsMatrixIsTurned() {
    AttributeProto transB =
        AttributeProto.newBuilder()
            .setName("transB")
            .setType(AttributeProto.AttributeType.INT)
            .setI(1)
            .build();
    TensorProto matrix = floats("g", new float[] {1, 2, 3, 4}, 2, 2);
    TensorProto bias = floats("head.bias", new float[] {0, 0}, 2);
    NodeProto gemm = node("Gemm", "n", "y", "x", "g", "head.bias");
    Path asTorch = model(List.of(matrix, bias), gemm.toBuilder().addAttribute(transB).build());
    assertThat(values(OnnxWeights.read(asTorch).tensors().get("head.weight")))
        .containsExactly(1, 2, 3, 4);
    Path turned = model(List.of(matrix, bias), gemm);
    assertThat(values(OnnxWeights.read(turned).tensors().get("head.weight")))
        .containsExactly(1, 3, 2, 4);
  }

  @Test
  void anIdentityIsAnotherNameOfTheSame() {
    Path file =
        model(
            List.of(floats("a.bias", new float[] {5}, 1)),
            node("Identity", "i", "b.bias", "a.bias"),
            node("Identity", "j", "c.bias", "b.bias"),
            node("Add", "n", "y", "x", "c.bias"));
    Map<String, OnnxTensor> tensors = OnnxWeights.read(file).tensors();
    assertThat(tensors).containsOnlyKeys("a.bias", "b.bias", "c.bias");
    assertThat(values(tensors.get("c.bias"))).containsExactly(5);
  }

  @Test
  void identitiesInACircleNameNothing() {
    Path file =
        model(
            List.of(floats("a.bias", new float[] {5}, 1)),
            node("Identity", "i", "b.bias", "c.bias"),
            node("Identity", "j", "c.bias", "b.bias"));
    assertThat(OnnxWeights.read(file).tensors()).containsOnlyKeys("a.bias");
  }

  private Path external(String location, String... more) {
    TensorProto.Builder tensor =
        floats("a.bias", new float[0], 2).toBuilder()
            .setDataLocation(TensorProto.DataLocation.EXTERNAL)
            .addExternalData(entry("location", location));
    for (int i = 0; i < more.length; i += 2) {
      tensor.addExternalData(entry(more[i], more[i + 1]));
    }
    return model(List.of(tensor.build()), node("Add", "n", "y", "x", "a.bias"));
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }

  private static float[] read(Path model) {
    return values(OnnxWeights.read(model).tensors().get("a.bias"));
  }

  private Path data(Path file, float... values) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return Files.write(file, bytes.array());
  }

  @Test
  void bytesMayLieInAFileBeside() throws IOException {
    data(folder.resolve("weights.data"), 1, 2, 3);
    assertThat(read(external("weights.data"))).containsExactly(1, 2);
    assertThat(read(external("weights.data", "offset", "4", "length", "8"))).containsExactly(2, 3);
  }

  @Test
  void bytesAreReadFromTheModelsFolderAlone() throws IOException {
    Path outside = Files.createTempFile("pmf-outside-", ".data");
    try {
      data(outside, 1, 2);
      Files.createSymbolicLink(folder.resolve("link.data"), outside);
      Path up = folder.toRealPath().relativize(outside.toRealPath());
      for (String location : List.of(outside.toString(), up.toString(), "link.data")) {
        refused(() -> read(external(location)), "a.bias", "outside of the model's folder");
      }
    } finally {
      Files.delete(outside);
    }
  }

  @Test
  void bytesThatAreNotThereAreTold() throws IOException {
    refused(() -> read(external("gone.data")), "gone.data");
    data(folder.resolve("short.data"), 1);
    refused(() -> read(external("short.data")), "a.bias", "ends behind the 4 bytes");
    refused(() -> read(external("short.data", "offset", "-4")), "a.bias", "offset", "-4");
    refused(() -> read(external("short.data", "offset", "9223372036854775807")), "ends behind");
    refused(() -> read(external("short.data", "length", "3")), "has 3 bytes", "needs 8");
    refused(() -> read(external("")), "nothing says in which file");
  }

  private static void refused(Supplier<?> work, String... words) {
    assertThatThrownBy(work::get)
        .isInstanceOf(PmfException.class)
        .hasMessageContainingAll(words)
        .hasMessageNotContaining("\n");
  }
}
