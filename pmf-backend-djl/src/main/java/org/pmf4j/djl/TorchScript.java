package org.pmf4j.djl;

import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Calls PyTorch operations that DJL's Java API does not offer. Each function is compiled once and
 * kept for the life of the backend, because PyTorch does not give back all that compiling takes.
 */
final class TorchScript implements AutoCloseable {
  private final PtNDManager manager;
  private final Map<String, PtSymbolBlock> compiled = new ConcurrentHashMap<>();

  TorchScript(PtNDManager manager) {
    this.manager = manager;
  }

  /**
   * Runs a function of tensors that returns one tensor.
   *
   * @param function its parameter list, return type and indented body, as TorchScript writes them
   */
  PtNDArray call(String function, PtNDArray... arguments) {
    return (PtNDArray) callForList(function, arguments).get(0);
  }

  /** Runs a function of tensors that returns a list of tensors. */
  NDList callForList(String function, PtNDArray... arguments) {
    PtSymbolBlock module = compiled.computeIfAbsent(function, this::compile);
    // "Training" here means no more than leaving gradients to the thread's gradient mode; without
    // it, PyTorch would return tensors that autograd refuses ever after.
    return IValueUtils.forward(module, new NDList(arguments), true);
  }

  private PtSymbolBlock compile(String function) {
    try {
      byte[] archive = TorchScriptArchive.of(function);
      return JniUtils.loadModule(manager, new ByteArrayInputStream(archive), false, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    compiled.values().forEach(PtSymbolBlock::close);
    compiled.clear();
  }
}
