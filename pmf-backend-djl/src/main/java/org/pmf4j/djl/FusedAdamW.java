package org.pmf4j.djl;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.pmf4j.api.backend.AdamW;

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
  static String function(AdamW step, int count) {
    String parameters =
        IntStream.range(0, count)
            .mapToObj("w%1$d: Tensor, m%1$d: Tensor, v%1$d: Tensor, g%1$d: Tensor, "::formatted)
            .collect(Collectors.joining());
    return parameters
        + "number: Tensor, rate: Tensor, scale: Tensor) -> List[Tensor]:\n"
        + "    w = "
        + list("w%d", count)
        + "    m = "
        + list("m%d", count)
        + "    v = "
        + list("v%d", count)
        + "    g = "
        + list("torch.mul(g%d, scale)", count)
        + "    steps = "
        + list("number", count)
        + "    most = annotate(List[Tensor], [])\n"
        + "    _0 = torch._fused_adamw_(w, g, m, v, most, steps, lr=float(rate), beta1=%s,"
            .formatted(step.beta1())
        + " beta2=%s, weight_decay=%s, eps=%s, amsgrad=False, maximize=False)\n"
            .formatted(step.beta2(), decay(step), step.epsilon())
        + "    return w\n";
  }

  private static String decay(AdamW step) {
    return Double.toString(step.decay());
  }

  /** The elements {@code form} by number, in brackets. */
  private static String list(String form, int count) {
    return IntStream.range(0, count)
        .mapToObj(form::formatted)
        .collect(Collectors.joining(", ", "[", "]\n"));
  }
}
