package org.pmf4j.ort;

import java.util.List;
import org.pmf4j.api.backend.engine.EngineTape;
import org.pmf4j.onnx.OnnxValue;

/** The tape of programs that compute and do not train. Has no state. */
enum NoTape implements EngineTape<OnnxValue> {
  /** The only one. */
  NONE;

  @Override
  public List<OnnxValue> gradients(OnnxValue loss, List<OnnxValue> parameters) {
    throw new IllegalStateException("this backend takes no gradients");
  }

  @Override
  public void assign(OnnxValue parameter, OnnxValue value) {
    throw new IllegalStateException("this backend assigns no parameters");
  }
}
