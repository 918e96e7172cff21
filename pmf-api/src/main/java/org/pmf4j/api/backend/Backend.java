package org.pmf4j.api.backend;

import java.util.function.Function;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.api.tensor.Tensor;

/**
 * A compute engine on one device. Safe for use by several threads at once, each running programs of
 * its own; a parameter may be assigned by one thread at a time. The same program on the same inputs
 * gives the same bits, whatever other threads do.
 *
 * <p>After {@link #close}, and with anything that was closed, nothing can be made, run or read any
 * more: {@link IllegalStateException}. What belongs to another backend is refused with {@link
 * IllegalArgumentException}.
 *
 * <p>{@link org.pmf4j.api.backend.engine.EngineBackend} is one over an engine, with these checks.
 * To implement this interface itself is for backends that stand around another one.
 */
public interface Backend extends AutoCloseable {

  /** Name, version, device and capabilities. */
  BackendInfo info();

  /**
   * Puts data onto the device, where it stays until the tensor is closed. The backend may read the
   * given memory in place instead of copying it, keeps it reachable, and never writes to it: it may
   * be a read-only mapping of a file, at any offset. A BOOL byte other than 0 is true.
   *
   * @return a tensor which the caller closes
   * @throws IllegalArgumentException for an element type that {@link #info()} does not declare
   */
  Tensor tensor(HostTensor data);

  /**
   * Data that is asked for when a run first uses it, and never if none does, and then copied: what
   * lies in its memory later does not matter. Weights of which a run may need a part are put here.
   * A backend may ask for it at once instead, which the default does.
   *
   * @param shape of the data
   * @param dtype of the tensor: the data's, or {@code BFLOAT16}, to which FLOAT32 data is rounded
   * @param data of this shape; what it throws ends the run
   * @return a tensor which the caller closes
   * @throws IllegalArgumentException for an element type that {@link #info()} does not declare
   */
  default Tensor deferred(Shape shape, DType dtype, DeferredData data) {
    return data.with(given -> tensor(given.copy(dtype)));
  }

  /**
   * The weight of a linear layer, held in 8-bit integers ({@link
   * org.pmf4j.api.tensor.QuantizedMatrix}) and asked for as {@link #deferred} does. To programs it
   * is a FLOAT32 tensor like any other. A linear layer rounds each of its input vectors to 8 bits
   * as well, by a scale of its own, so that results do not depend on what else is in a batch; other
   * operations compute with what the integers stand for.
   *
   * @param shape [out, in]
   * @param data FLOAT32 of this shape; what it throws ends the run
   * @return a tensor which the caller closes
   * @throws IllegalArgumentException if {@link Capability#INT8} is not declared, which the default
   *     takes for granted
   * @since API version 2
   */
  default Tensor quantized(Shape shape, DeferredData data) {
    throw new IllegalArgumentException("this backend does not declare INT8");
  }

  /**
   * A variable that training programs may differentiate by and assign to.
   *
   * @param name for messages; unique where parameters are saved by name
   * @param initial FLOAT32, or FLOAT64 where declared; copied
   * @return a parameter which the caller closes
   * @throws IllegalArgumentException for another element type
   */
  Parameter parameter(String name, HostTensor initial);

  /**
   * Copies a tensor's elements to the Java side: of data that was put here, the same bits; a BOOL
   * byte is 0 or 1.
   *
   * @throws IllegalStateException if the tensor is closed, or inside a program, where a graph
   *     backend has no elements yet
   */
  HostTensor read(Tensor tensor);

  /**
   * Compiles a function that retains nothing for gradients.
   *
   * @param name for messages and profiles
   * @return a program which the caller closes
   */
  Program inference(String name, InferenceBody body);

  /**
   * Compiles a function that may take gradients and assign parameters.
   *
   * @param name for messages and profiles
   * @return a program which the caller closes
   * @throws IllegalStateException if {@link Capability#TRAINING} is not declared
   */
  Program training(String name, TrainingBody body);

  /**
   * Frees the backend's own resources; its tensors, parameters and programs cannot be used any
   * more. A second call does nothing.
   */
  @Override
  void close();

  /** Data that is not there yet. */
  interface DeferredData {
    /**
     * Hands the data to {@code use}, which may read it until it returns.
     *
     * @return what {@code use} returns
     */
    <T> T with(Function<HostTensor, T> use);
  }

  /** The function behind an inference program. */
  @FunctionalInterface
  interface InferenceBody {
    /** Maps inputs to outputs, by tensor operations alone and without side effects. */
    Named<Tensor> apply(Named<Tensor> inputs);
  }

  /** The function behind a training program. */
  @FunctionalInterface
  interface TrainingBody {
    /** Maps inputs to outputs; gradients and assignments go through the tape. */
    Named<Tensor> apply(Named<Tensor> inputs, Tape tape);
  }
}
