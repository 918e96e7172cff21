package org.pmf4j.api.backend;

import java.util.List;
import org.pmf4j.api.tensor.Tensor;

/**
 * What a training program can do beyond computing: take gradients and assign parameters. It is over
 * with the run that it was handed to: what is called later throws {@link IllegalStateException}.
 * For the thread that runs its program.
 */
public interface Tape {
  /**
   * Gradients of a scalar by parameters. May be called once in a program; operations after it are
   * not differentiated.
   *
   * @param loss one element
   * @return one tensor for each parameter, of its shape; zeros where the loss does not depend on it
   * @throws IllegalArgumentException if {@code loss} has more than one element
   * @throws IllegalStateException on a second call
   */
  List<Tensor> gradients(Tensor loss, List<Parameter> parameters);

  /**
   * Replaces a parameter's value. Allowed after {@link #gradients} or in a program without it;
   * reads of the parameter later in the program see the new value, results made before keep theirs.
   *
   * @throws IllegalArgumentException if shape or type differ
   */
  void assign(Parameter parameter, Tensor value);

  /**
   * Takes a step of AdamW for several parameters, as {@link #assign} would, all of them at once: a
   * backend may have one fused kernel for it.
   *
   * @param slots whose parameters are all different
   * @throws IllegalArgumentException if shapes or types differ within a slot
   */
  default void adamW(AdamW step, List<AdamW.Slot> slots) {
    step.compose(this, slots);
  }
}
