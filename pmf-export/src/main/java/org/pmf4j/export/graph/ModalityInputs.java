package org.pmf4j.export.graph;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.onnx.Dim;
import org.pmf4j.onnx.GraphInput;

/**
 * What the encoder of one modality takes, as inputs of a graph. All have a batch; some have a
 * length, which is the same for all of them. Immutable, so that any number of threads may share it.
 *
 * @param modality which their names begin with
 * @param inputs at least one
 * @param length of all samples, or {@link Shape#UNKNOWN} where it is open
 */
public record ModalityInputs(String modality, List<Input> inputs, long length) {
  /** How graphs call the first dimension of all inputs. */
  public static final String BATCH = "batch";

  private static final String MASK = "attention_mask";

  /**
   * One input.
   *
   * @param name its Hugging Face name, such as {@code input_ids}
   * @param dtype type of its elements
   * @param shape of a batch that was seen, whose first dimension is the batch
   * @param lengthAxis which of its dimensions is the length, or 0 for none
   */
  public record Input(String name, DType dtype, Shape shape, int lengthAxis) {}

  /** Copies the list. */
  public ModalityInputs {
    inputs = List.copyOf(inputs);
  }

  /**
   * The inputs of which these are batches, the length open. A dimension is the length if it differs
   * between batches, or is that of a mask; where there is none, nothing is open but the batch.
   *
   * @param batches one or more, by the inputs' Hugging Face names, better of samples that differ in
   *     length
   */
  public static ModalityInputs of(String modality, List<Named<HostTensor>> batches) {
    Named<HostTensor> first = batches.get(0);
    List<Input> inputs = new ArrayList<>();
    first
        .asMap()
        .forEach(
            (name, t) -> inputs.add(new Input(name, t.dtype(), t.shape(), axis(name, batches))));
    return new ModalityInputs(modality, inputs, Shape.UNKNOWN);
  }

  private static int axis(String name, List<Named<HostTensor>> batches) {
    Shape shape = batches.get(0).get(name).shape();
    for (int axis = 1; axis < shape.rank(); axis++) {
      int at = axis;
      if (batches.stream().anyMatch(b -> b.get(name).shape().dim(at) != shape.dim(at))) {
        return axis;
      }
    }
    boolean masked =
        batches.get(0).has(MASK)
            && shape.rank() > 1
            && shape.dim(1) == batches.get(0).get(MASK).shape().dim(1);
    return masked ? 1 : 0;
  }

  /** True if samples may differ in length. */
  public boolean hasLength() {
    return inputs.stream().anyMatch(i -> i.lengthAxis() > 0);
  }

  /** The same with all samples of one length, if they have one. */
  public ModalityInputs ofLength(long fixed) {
    return hasLength() ? new ModalityInputs(modality, inputs, fixed) : this;
  }

  /** How graphs call the length. */
  public String lengthName() {
    return modality + "_length";
  }

  /** The name of an input in graphs. */
  public String name(Input input) {
    return modality + "." + input.name();
  }

  /**
   * The inputs as a graph declares them.
   *
   * @param batch the first dimension of all
   */
  public List<GraphInput> graphInputs(Dim batch) {
    return inputs.stream().map(i -> new GraphInput(name(i), i.dtype(), dims(i, batch))).toList();
  }

  private List<Dim> dims(Input input, Dim batch) {
    List<Dim> dims = new ArrayList<>(List.of(batch));
    for (int axis = 1; axis < input.shape().rank(); axis++) {
      if (axis != input.lengthAxis()) {
        dims.add(Dim.of(input.shape().dim(axis)));
      } else {
        dims.add(length == Shape.UNKNOWN ? Dim.open(lengthName()) : Dim.of(length));
      }
    }
    return dims;
  }

  /** The length of a batch, 0 where samples have none. */
  public long lengthOf(Named<HostTensor> batch) {
    return inputs.stream()
        .filter(i -> i.lengthAxis() > 0)
        .mapToLong(i -> batch.get(i.name()).shape().dim(i.lengthAxis()))
        .max()
        .orElse(0);
  }

  /**
   * A batch as a graph takes it: zeros behind all samples up to the length, where that is fixed.
   *
   * @param batch by the inputs' Hugging Face names
   * @return by the names of {@link #graphInputs}
   * @throws IllegalArgumentException if samples are longer than the length
   */
  public Named<HostTensor> fill(Named<HostTensor> batch) {
    Map<String, HostTensor> all = new LinkedHashMap<>();
    for (Input i : inputs) {
      HostTensor t = batch.get(i.name());
      boolean open = i.lengthAxis() == 0 || length == Shape.UNKNOWN;
      all.put(name(i), open ? t : filled(t, i.lengthAxis(), length));
    }
    return Named.of(all);
  }

  private static HostTensor filled(HostTensor t, int axis, long length) {
    long[] dims = t.shape().dims();
    if (dims[axis] > length) {
      throw new IllegalArgumentException(dims[axis] + " do not fit into " + length);
    }
    long inner = t.dtype().bytes();
    for (int i = axis + 1; i < dims.length; i++) {
      inner *= dims[i];
    }
    int from = Math.toIntExact(dims[axis] * inner);
    int to = Math.toIntExact(length * inner);
    int rows = from == 0 ? 0 : t.data().remaining() / from;
    Shape shape = t.shape().with(axis, length);
    ByteBuffer filled = HostTensor.direct(Math.toIntExact(shape.size()), t.dtype());
    ByteBuffer data = t.data();
    for (int row = 0; row < rows; row++) {
      filled.put(row * to, data, data.position() + row * from, from);
    }
    return new HostTensor(shape, t.dtype(), filled);
  }
}
