package org.pmf4j.testkit.plain;

import java.util.function.Function;
import org.pmf4j.api.backend.BackendInfo;
import org.pmf4j.api.backend.engine.EagerEngine;
import org.pmf4j.api.backend.engine.EngineTape;
import org.pmf4j.api.backend.engine.TypedValue;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Kernels;

/**
 * Arrays on the Java heap. Nothing is shared between threads but arrays that never change and
 * variables, each of which holds one.
 *
 * @param info what it says of itself
 * @param kernels its operations
 */
record PlainEngine(BackendInfo info, Kernels<PlainValue> kernels)
    implements EagerEngine<PlainValue> {
  @Override
  public PlainArray put(HostTensor data) {
    return PlainHostData.put(data);
  }

  @Override
  public HostTensor read(TypedValue<PlainValue> value) {
    return PlainHostData.read(value.value().array());
  }

  @Override
  public Variable variable(String name, HostTensor initial) {
    return new Variable(PlainValue.reals(put(initial)));
  }

  /** Records what {@code body} computes. */
  @Override
  public <T> T training(Function<EngineTape<PlainValue>, T> body) {
    try {
      return body.apply(Recording.start());
    } finally {
      Recording.stop();
    }
  }

  @Override
  public PlainArray output(PlainValue value) {
    return value.array();
  }
}
