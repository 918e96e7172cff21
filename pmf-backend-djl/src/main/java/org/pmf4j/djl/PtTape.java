package org.pmf4j.djl;

import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.pmf4j.api.backend.engine.AdamWKernel;
import org.pmf4j.api.backend.engine.EngineTape;

/**
 * Gradients and assignments by PyTorch, in one run of a training program.
 *
 * @param script what DJL does not offer
 */
record PtTape(TorchScript script) implements EngineTape<PtValue> {
  private static final String ASSIGN =
      "target: Tensor, value: Tensor) -> Tensor:\n    return torch.copy_(target, value)\n";

  @Override
  public List<PtValue> gradients(PtValue loss, List<PtValue> parameters) {
    List<PtValue> gradients =
        parameters.isEmpty()
            ? List.of()
            : differentiate(loss, parameters).stream()
                .map(gradient -> PtValue.own((PtNDArray) gradient))
                .toList();
    PtThread.stopGradients();
    return gradients;
  }

  /**
   * Gradients as results, where {@code backward} would add them up inside the parameters: threads
   * may share a parameter, and nothing has to be reset.
   */
  private NDList differentiate(PtValue loss, List<PtValue> by) {
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
    return script.callForList(function, arrays(Stream.concat(Stream.of(loss), by.stream())));
  }

  private static PtNDArray[] arrays(Stream<PtValue> values) {
    return values.map(PtValue::array).toArray(PtNDArray[]::new);
  }

  @Override
  public void assign(PtValue parameter, PtValue value) {
    PtThread.stopGradients();
    script.call(ASSIGN, parameter.array(), value.array()).close();
  }

  @Override
  public Optional<AdamWKernel<PtValue>> adamW() {
    return Optional.of(this::adamW);
  }

  private void adamW(AdamWKernel.Step<PtValue> step, List<AdamWKernel.Slot<PtValue>> slots) {
    List<PtValue> arguments = new ArrayList<>();
    for (AdamWKernel.Slot<PtValue> s : slots) {
      arguments.addAll(List.of(s.value(), s.first(), s.second(), s.gradient()));
    }
    arguments.addAll(List.of(step.number(), step.rate(), step.scale()));
    PtThread.stopGradients();
    String function = FusedAdamW.function(step, slots.size());
    script.callForList(function, arrays(arguments.stream())).close();
  }
}
