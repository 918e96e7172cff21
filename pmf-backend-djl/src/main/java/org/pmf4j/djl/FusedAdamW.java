package org.pmf4j.djl;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.pmf4j.api.backend.engine.AdamWKernel;

/**
 * PyTorch's fused kernel of AdamW as a TorchScript function: one pass over all parameters, by all
 * threads, in their own memory.
 */
final class FusedAdamW {
  private FusedAdamW() {}

  /**
   * A function of {@code count} slots – value, first moment, second moment, gradient –, then the
   * step's number, rate and scale. The kernel works out its corrections from the number. The values
   * are returned because TorchScript leaves out a call of which nothing is returned.
   */
  static String function(AdamWKernel.Step<?> step, int count) {
    String parameters =
        IntStream.range(0, count)
            .mapToObj(i -> numbered("w#: Tensor, m#: Tensor, v#: Tensor, g#: Tensor, ", i))
            .collect(Collectors.joining());
    return parameters
        + "number: Tensor, rate: Tensor, scale: Tensor) -> List[Tensor]:\n"
        + "    w = "
        + list("w#", count)
        + "    m = "
        + list("m#", count)
        + "    v = "
        + list("v#", count)
        + "    g = "
        + list("torch.mul(g#, scale)", count)
        + "    steps = "
        + list("number", count)
        + "    most = annotate(List[Tensor], [])\n"
        + String.format(
            Locale.ROOT,
            "    _0 = torch._fused_adamw_(w, g, m, v, most, steps, lr=float(rate), beta1=%s,",
            step.beta1())
        + String.format(
            Locale.ROOT,
            " beta2=%s, weight_decay=%s, eps=%s, amsgrad=False, maximize=False)\n",
            step.beta2(),
            decay(step),
            step.epsilon())
        + "    return w\n";
  }

  private static String decay(AdamWKernel.Step<?> step) {
    return Double.toString(step.decay());
  }

  /** The elements {@code form} by number, in brackets. */
  private static String list(String form, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> numbered(form, i))
        .collect(Collectors.joining(", ", "[", "]\n"));
  }

  private static String numbered(String form, int number) {
    return form.replace("#", Integer.toString(number));
  }
}
