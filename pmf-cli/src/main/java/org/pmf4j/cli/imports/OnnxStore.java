package org.pmf4j.cli.imports;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.core.store.StoredType;
import org.pmf4j.core.store.TensorInfo;
import org.pmf4j.core.store.TensorMemory;
import org.pmf4j.core.store.TensorStore;
import org.pmf4j.core.store.Widening;
import org.pmf4j.onnx.weights.OnnxTensor;
import org.pmf4j.onnx.weights.OnnxWeights;

/** The weights of an ONNX file as a store of tensors. */
record OnnxStore(OnnxWeights weights) implements TensorStore {
  @Override
  public Path source() {
    return weights.file();
  }

  @Override
  public Set<String> names() {
    return weights.tensors().keySet();
  }

  @Override
  public Map<String, String> metadata() {
    return Map.of();
  }

  @Override
  public TensorInfo info(String name) {
    OnnxTensor tensor = tensor(name, weights);
    return TensorInfo.of(name, type(tensor), tensor.shape());
  }

  @Override
  public HostTensor read(String name, IntFunction<ByteBuffer> memory) {
    OnnxTensor tensor = tensor(name, weights);
    return new TensorMemory(source())
        .filled(
            info(name),
            memory,
            data -> Widening.into(data, type(tensor)).accept(tensor.bytes().get()));
  }

  private static OnnxTensor tensor(String name, OnnxWeights weights) {
    OnnxTensor tensor = weights.tensors().get(name);
    if (tensor == null) {
      throw PmfException.input(
          String.format(
              Locale.ROOT,
              "%s: there is no tensor %s among its %d",
              weights.file(),
              Quote.plain(name),
              weights.tensors().size()));
    }
    return tensor;
  }

  private static StoredType type(OnnxTensor tensor) {
    return StoredType.named(tensor.type().name()).orElseThrow();
  }

  /** Nothing is open. */
  @Override
  public void close() {}
}
