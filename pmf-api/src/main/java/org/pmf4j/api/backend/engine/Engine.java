package org.pmf4j.api.backend.engine;

import java.util.function.Supplier;
import org.pmf4j.api.backend.BackendInfo;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Kernels;

/**
 * What computes behind a backend. {@link EngineBackend} calls it after its checks, so that it may
 * trust what it is given: values of its own that stay until the call ends, element types that it
 * declares, nothing after {@link #close}. Several threads may use it at once.
 *
 * @param <V> its own value
 * @since API version 2
 */
public sealed interface Engine<V> permits EagerEngine, GraphEngine {

  /** Name, version, device and capabilities: the same at each call. */
  BackendInfo info();

  /** The operations: the same at each call. */
  Kernels<V> kernels();

  /**
   * Puts data onto the device. It may be read in place instead of copied: then whatever reads it,
   * also a view in some program's output, keeps the buffer reachable, and nothing writes to it. It
   * may lie in a read-only mapping of a file, at any offset. A BOOL byte is 0 or 1.
   */
  V put(HostTensor data);

  /**
   * Puts a copy onto the device, which has nothing to do with the memory that was given.
   *
   * @param dtype the data's, or {@code BFLOAT16}, to which FLOAT32 data is rounded
   */
  default V copy(HostTensor data, DType dtype) {
    return put(data.copy(dtype));
  }

  /**
   * Puts the weight of a linear layer onto the device in 8-bit integers, which only engines that
   * declare {@link org.pmf4j.api.backend.Capability#INT8} are asked for.
   *
   * @param matrix FLOAT32 [out, in], whose memory is used again afterwards
   */
  default V quantized(HostTensor matrix) {
    throw new IllegalStateException("this engine does not declare INT8");
  }

  /**
   * The value of a parameter: it follows the assignments to it, and is released when the parameter
   * is closed.
   *
   * @param name for messages
   * @param initial FLOAT32 or FLOAT64; copied
   */
  V variable(String name, HostTensor initial);

  /** Copies elements to the Java side, bit for bit: at most 2³¹ bytes; a BOOL byte is 0 or 1. */
  HostTensor read(TypedValue<V> value);

  /**
   * Calls this engine on the current thread, retaining nothing for gradients: every transfer, and
   * every run of an inference program, goes through here. An engine that keeps settings for each
   * thread makes them here, and takes them back.
   */
  default <T> T call(Supplier<T> body) {
    return body.get();
  }

  /**
   * A failure as users see it: the engine's own in one line ({@link
   * org.pmf4j.api.backend.EngineFailure}), any other as it is.
   *
   * @param where what was computed, such as {@code program 'trunk'}
   */
  default RuntimeException failure(String where, RuntimeException thrown) {
    return thrown;
  }

  /**
   * Frees what this engine itself holds; nothing, unless overridden. Called once, when no call is
   * under way and none will come.
   */
  default void close() {}
}
