package org.pmf4j.tf;

import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.Shape;

/** A parameter's value: data that assignments replace by others of their shape and type. */
final class TfVariable implements TfValue.Held {
  private final String name;
  private TfData data;
  private boolean closed;

  TfVariable(String name, TfData data) {
    this.name = name;
    this.data = data;
  }

  @Override
  public synchronized Shape shape() {
    return data.shape();
  }

  @Override
  public synchronized DType dtype() {
    return data.dtype();
  }

  @Override
  public synchronized TfData enter() {
    requireOpen();
    return data.enter();
  }

  /** Replaces the value by one that this variable takes over; a run that reads the old keeps it. */
  synchronized void assign(TfData value) {
    if (closed) {
      value.close();
    }
    requireOpen();
    data.close();
    data = value;
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("use after close of parameter '" + name + "'");
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    data.close();
  }
}
