package org.pmf4j.testkit.backend;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.testkit.NdArray;
import org.pmf4j.testkit.Programs;

/**
 * An operation whose rounding errors are measured.
 *
 * @param name for messages
 * @param apply the operation
 * @param domain what makes a normal number one that the operation takes
 * @param shapes of its operands
 */
record MeasuredOperation(
    String name,
    Function<List<Tensor>, Tensor> apply,
    DoubleUnaryOperator domain,
    List<long[]> shapes) {

  static MeasuredOperation of(String name, Function<List<Tensor>, Tensor> apply, long[]... shapes) {
    return new MeasuredOperation(name, apply, x -> x, List.of(shapes));
  }

  /** An operation on numbers from 0.25 on, where divisions and roots are well conditioned. */
  static MeasuredOperation ofPositive(
      String name, Function<List<Tensor>, Tensor> apply, long[]... shapes) {
    return new MeasuredOperation(name, apply, x -> (float) (Math.abs(x) + 0.25), List.of(shapes));
  }

  /** Operands, the same for the same seed, and floats exactly. */
  List<NdArray> operands(long seed) {
    return IntStream.range(0, shapes.size())
        .mapToObj(i -> NdArray.normal(seed + i, shapes.get(i)).map(domain))
        .toList();
  }

  /** The result, computed on a backend in a type. */
  NdArray result(Backend backend, DType dtype, List<NdArray> operands) {
    Map<String, HostTensor> in = new LinkedHashMap<>();
    operands.forEach(x -> in.put(name(in.size()), x.toHost(dtype)));
    return NdArray.of(
        Programs.evaluate(
                backend,
                Named.of(in),
                t -> Named.of("y", apply.apply(List.copyOf(t.asMap().values()))))
            .get("y"));
  }

  /** The gradients by all operands of the sum of the result's elements, each times its weight. */
  List<NdArray> gradients(Backend backend, DType dtype, List<NdArray> operands, NdArray weights) {
    List<Parameter> parameters = new ArrayList<>();
    try {
      operands.forEach(
          x -> parameters.add(backend.parameter(name(parameters.size()), x.toHost(dtype))));
      Named<HostTensor> found =
          Programs.train(
              backend,
              Named.of("weights", weights.toHost(dtype)),
              (in, tape) -> {
                Tensor y = apply.apply(parameters.stream().map(Parameter::value).toList());
                Tensor loss = y.mul(in.get("weights")).sum();
                Map<String, Tensor> out = new LinkedHashMap<>();
                tape.gradients(loss, parameters).forEach(g -> out.put(name(out.size()), g));
                return Named.of(out);
              });
      return found.asMap().values().stream().map(NdArray::of).toList();
    } finally {
      parameters.forEach(Parameter::close);
    }
  }

  private static String name(int operand) {
    return "x" + operand;
  }
}
