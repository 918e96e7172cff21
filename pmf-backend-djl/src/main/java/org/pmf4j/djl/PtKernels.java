package org.pmf4j.djl;

import org.pmf4j.api.tensor.Kernels;

/** The sum of the operation families. */
final class PtKernels implements PtNeural, Kernels<PtValue> {
  private final TorchScript script;

  PtKernels(TorchScript script) {
    this.script = script;
  }

  @Override
  public TorchScript script() {
    return script;
  }

  @Override
  public void release(PtValue value) {
    value.close();
  }
}
