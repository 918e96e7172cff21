package org.pmf4j.testkit.backend;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.Capability;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.testkit.NdArray;
import org.pmf4j.testkit.Programs;
import org.pmf4j.testkit.Tolerance;

/**
 * Checks one operation in every precision that the backend declares: its result against an oracle,
 * and its gradients by all floating inputs against finite differences of that oracle.
 */
final class OperationCheck {
  /** Seed of the weights of the sum that gradients are taken of. */
  private static final long WEIGHTS_SEED = 4711;

  private final Backend backend;
  private final String name;
  private final List<NdArray> inputs;
  private final Map<String, HostTensor> constants = new LinkedHashMap<>();
  private Tolerance forward = Tolerance.STRICT;
  private boolean throughFloat32;

  private OperationCheck(Backend backend, String name, List<NdArray> inputs) {
    this.backend = backend;
    this.name = name;
    this.inputs = inputs;
  }

  /**
   * A check of an operation on floating inputs.
   *
   * @param name the operation and anything that helps to find it, such as a seed
   */
  static OperationCheck of(Backend backend, String name, NdArray... inputs) {
    return new OperationCheck(backend, name, List.of(inputs));
  }

  /** Hands over a mask or indices under a name. */
  OperationCheck given(String constant, HostTensor data) {
    constants.put(constant, data);
    return this;
  }

  /** Allows the results as much; gradients are always held against {@link Tolerance#PERMISSIVE}. */
  OperationCheck within(Tolerance tolerance) {
    forward = tolerance;
    return this;
  }

  /** Says that the operation itself goes through FLOAT32, and is no more precise than that. */
  OperationCheck throughFloat32() {
    throughFloat32 = true;
    return this;
  }

  private DType precision(DType dtype) {
    return throughFloat32 ? DType.FLOAT32 : dtype;
  }

  /** Compares the results alone. */
  void forwardMatches(Operation operation, Function<List<NdArray>, NdArray> oracle) {
    for (DType dtype : precisions()) {
      forward(operation, oracle, dtype);
    }
  }

  /** Compares results and gradients. */
  void matches(Operation operation, Function<List<NdArray>, NdArray> oracle) {
    forwardMatches(operation, oracle);
    if (backend.info().can(Capability.TRAINING)) {
      for (DType dtype : precisions()) {
        gradients(operation, oracle, dtype);
      }
    }
  }

  private List<DType> precisions() {
    return backend.info().can(Capability.FLOAT64)
        ? List.of(DType.FLOAT32, DType.FLOAT64)
        : List.of(DType.FLOAT32);
  }

  private void forward(Operation operation, Function<List<NdArray>, NdArray> oracle, DType dtype) {
    Map<String, HostTensor> all = new LinkedHashMap<>(constants);
    for (int i = 0; i < inputs.size(); i++) {
      all.put(inputName(i), inputs.get(i).toHost(dtype));
    }
    HostTensor result =
        Programs.evaluate(
                backend,
                Named.of(all),
                in -> {
                  List<Tensor> operands = new ArrayList<>();
                  for (int i = 0; i < inputs.size(); i++) {
                    operands.add(in.get(inputName(i)));
                  }
                  return Named.of("result", operation.apply(operands, in));
                })
            .get("result");
    forward.assertClose(
        "result of " + title(dtype), NdArray.of(result), oracle.apply(inputs), precision(dtype));
  }

  private void gradients(
      Operation operation, Function<List<NdArray>, NdArray> oracle, DType dtype) {
    NdArray weights = NdArray.normal(WEIGHTS_SEED, oracle.apply(inputs).shape().dims());
    Map<String, HostTensor> all = new LinkedHashMap<>(constants);
    all.put("weights", weights.toHost(dtype));
    List<Parameter> parameters = new ArrayList<>();
    try {
      for (int i = 0; i < inputs.size(); i++) {
        parameters.add(backend.parameter(inputName(i), inputs.get(i).toHost(dtype)));
      }
      Named<HostTensor> found =
          Programs.train(
              backend,
              Named.of(all),
              (in, tape) -> {
                List<Tensor> operands = parameters.stream().map(Parameter::value).toList();
                Tensor loss = operation.apply(operands, in).mul(in.get("weights")).sum();
                return numbered(tape.gradients(loss, parameters));
              });
      for (int i = 0; i < inputs.size(); i++) {
        Tolerance.PERMISSIVE.assertClose(
            "gradient by input " + i + " of " + title(dtype),
            NdArray.of(found.get(inputName(i))),
            FiniteDifferences.gradient(oracle, inputs, i, weights),
            precision(dtype));
      }
    } finally {
      parameters.forEach(Parameter::close);
    }
  }

  private static Named<Tensor> numbered(List<Tensor> tensors) {
    Map<String, Tensor> m = new LinkedHashMap<>();
    for (int i = 0; i < tensors.size(); i++) {
      m.put(inputName(i), tensors.get(i));
    }
    return Named.of(m);
  }

  private static String inputName(int i) {
    return "x" + i;
  }

  private String title(DType dtype) {
    return name + " on " + inputs.stream().map(NdArray::shape).toList() + " in " + dtype;
  }

  /** An operation under test. */
  @FunctionalInterface
  interface Operation {
    /**
     * Applies the operation.
     *
     * @param operands the floating inputs, in order
     * @param constants the masks and indices, by name
     */
    Tensor apply(List<Tensor> operands, Named<Tensor> constants);
  }
}
