package org.pmf4j.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.EncoderLayer;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.core.encoder.EncoderLoader;
import org.pmf4j.core.encoder.LoadedEncoder;
import org.pmf4j.core.encoder.MatrixPrecision;
import org.pmf4j.core.plugin.PluginRegistry;
import org.pmf4j.core.transformer.StandardTransformerLayers;
import org.pmf4j.onnx.Dim;
import org.pmf4j.onnx.GraphInput;
import org.pmf4j.onnx.OnnxModel;
import org.pmf4j.onnx.Opset;
import org.pmf4j.onnx.TracingBackend;

@DisplayName("Of encoders one graph serves every batch and every length")
class OpenEncodersTest {
  private static final PluginRegistry PLUGINS =
      PluginRegistry.discover(OpenEncodersTest.class.getClassLoader());

  @TestFactory
  Stream<DynamicTest> oneGraphServesEveryBatch() {
    return Fixtures.folders("encoders").stream()
        .map(folder -> dynamicTest(name(folder), () -> trace(folder, false)));
  }

  @TestFactory
  Stream<DynamicTest> oneGraphServesEveryLengthOfATextAndOfASampledSound() {
    return Fixtures.folders("encoders").stream()
        .filter(OpenEncodersTest::hasLength)
        .map(folder -> dynamicTest(name(folder), () -> trace(folder, true)));
  }

  private static String name(Path folder) {
    return folder.getFileName().toString();
  }

  private static boolean hasLength(Path folder) {
    Set<String> inputs = Fixtures.tensors(folder.resolve("inputs.safetensors")).keySet();
    return inputs.contains("input_ids") || isSampledSound(folder);
  }

  /** Spectrograms have as many frames as the encoder has positions. */
  private static boolean isSampledSound(Path folder) {
    HostTensor values = Fixtures.tensors(folder.resolve("inputs.safetensors")).get("input_values");
    return values != null && values.shape().rank() == 2;
  }

  private static void trace(Path folder, boolean openLength) {
    try (TracingBackend tracing = TracingBackend.open(Opset.DEFAULT)) {
      EncoderLoader loader =
          new EncoderLoader(tracing.backend(), PLUGINS, new StandardTransformerLayers());
      try (LoadedEncoder loaded =
          loader.loadWithoutPreprocessing(
              folder, Fixtures.modality(folder), MatrixPrecision.FLOAT32)) {
        List<GraphInput> inputs = new ArrayList<>();
        Fixtures.tensors(folder.resolve("inputs.safetensors"))
            .forEach((name, t) -> inputs.add(input(name, t, openLength)));
        OnnxModel model = tracing.trace(name(folder), inputs, in -> states(loaded.encoder(), in));
        assertThat(model.weights().names()).isNotEmpty();
      }
    }
  }

  private static GraphInput input(String name, HostTensor like, boolean openLength) {
    List<Dim> dims = new ArrayList<>();
    for (long size : like.shape().dims()) {
      boolean second = dims.size() == 1 && openLength;
      dims.add(dims.isEmpty() ? Dim.open("batch") : second ? Dim.open("length") : Dim.of(size));
    }
    return new GraphInput(name, like.dtype(), dims);
  }

  private static Named<Tensor> states(Encoder encoder, Named<Tensor> in) {
    Tokens tokens = encoder.embed(in);
    for (EncoderLayer layer : encoder.layers()) {
      tokens = layer.apply(tokens);
    }
    return Named.of("states", encoder.finalNorm(tokens.states()));
  }
}
