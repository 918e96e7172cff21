package org.pmf4j.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.pmf4j.api.backend.AdamW;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.backend.Tape;
import org.pmf4j.api.backend.TapeRules;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.api.tensor.TensorScope;

/** The tape of one run of a training program. */
final class DjlTape implements Tape, AutoCloseable {
  private static final String ASSIGN =
      "target: Tensor, value: Tensor) -> Tensor:\n    return torch.copy_(target, value)\n";

  private final PtKernels kernels;
  private final TapeRules rules = new TapeRules();

  DjlTape(PtKernels kernels) {
    this.kernels = kernels;
  }

  @Override
  public List<Tensor> gradients(Tensor loss, List<Parameter> parameters) {
    PtNDArray scalar = loss.value(kernels).array();
    rules.gradients(loss);
    List<DjlParameter> by = parameters.stream().map(this::own).toList();
    List<Tensor> result = new ArrayList<>();
    if (!by.isEmpty()) {
      NDList arrays = differentiate(scalar, by);
      for (int i = 0; i < by.size(); i++) {
        result.add(register(arrays.get(i), by.get(i).value()));
      }
    }
    PtThread.stopGradients();
    return result;
  }

  /**
   * Gradients as results, where {@code backward} would add them up inside the parameters: threads
   * may share a parameter, and nothing has to be reset.
   */
  private NDList differentiate(PtNDArray loss, List<DjlParameter> by) {
    List<String> names = IntStream.range(0, by.size()).mapToObj(i -> "p" + i).toList();
    String parameters =
        names.stream().map(n -> ", " + n + ": Tensor").collect(Collectors.joining());
    String function =
        "loss: Tensor"
            + parameters
            + ") -> List[Tensor]:\n"
            + "    inputs = ["
            + String.join(", ", names)
            + "]\n"
            + "    out = annotate(List[Tensor], [])\n"
            + "    if ops.prim.requires_grad(loss):\n"
            + "      found = torch.grad([loss], inputs, None, None, False, True)\n"
            + "      for i in range(torch.len(inputs)):\n"
            + "        g = found[i]\n"
            + "        if torch.__isnot__(g, None):\n"
            + "          _0 = torch.append(out, unchecked_cast(Tensor, g))\n"
            + "        else:\n"
            + "          _1 = torch.append(out, torch.zeros_like(inputs[i]))\n"
            + "    else:\n"
            + "      for j in range(torch.len(inputs)):\n"
            + "        _2 = torch.append(out, torch.zeros_like(inputs[j]))\n"
            + "    return out\n";
    List<PtNDArray> arguments = new ArrayList<>();
    arguments.add(loss);
    by.forEach(p -> arguments.add(p.array()));
    return kernels.script().callForList(function, arguments.toArray(PtNDArray[]::new));
  }

  private Tensor register(NDArray gradient, Tensor like) {
    PtValue value = PtValue.own((PtNDArray) gradient);
    return TensorScope.register(Tensor.of(kernels, value, like.shape(), like.dtype()));
  }

  @Override
  public void assign(Parameter parameter, Tensor value) {
    DjlParameter target = own(parameter);
    PtValue from = value.value(kernels);
    rules.assign(target, value);
    PtThread.stopGradients();
    kernels.script().call(ASSIGN, target.array(), from.array()).close();
  }

  @Override
  public void adamW(AdamW step, List<AdamW.Slot> slots) {
    if (slots.isEmpty()) {
      return;
    }
    List<PtNDArray> arguments = new ArrayList<>();
    for (AdamW.Slot slot : slots) {
      PtNDArray gradient = slot.gradient().value(kernels).array();
      for (Parameter p : List.of(slot.value(), slot.first(), slot.second())) {
        rules.assign(p, slot.gradient());
        arguments.add(own(p).array());
      }
      arguments.add(gradient);
    }
    arguments.add(step.number().value(kernels).array());
    arguments.add(step.rate().value(kernels).array());
    arguments.add(step.scale().value(kernels).array());
    PtThread.stopGradients();
    String function = FusedAdamW.function(step, slots.size());
    kernels.script().callForList(function, arguments.toArray(PtNDArray[]::new)).close();
  }

  private DjlParameter own(Parameter parameter) {
    if (!(parameter instanceof DjlParameter p)) {
      throw new IllegalArgumentException(
          "a parameter of another backend was handed over: " + parameter.name());
    }
    p.value().value(kernels);
    return p;
  }

  @Override
  public void close() {
    rules.end();
  }
}
