package org.pmf4j.methods.mope;

import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.fusion.Parameters;
import org.pmf4j.api.fusion.Parameters.Role;
import org.pmf4j.api.fusion.parts.JoinedLinear;
import org.pmf4j.api.fusion.parts.TrainedLinear;
import org.pmf4j.api.setting.Settings;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Neural;
import org.pmf4j.api.tensor.Tensor;

/**
 * The prompts of one layer of the main encoder.
 *
 * @param staticPrompt P_s [l, d]
 * @param experts E [k, l, d]
 * @param router W, from ψ to a score for each expert
 * @param temperature by which scores are divided
 */
record PromptExperts(
    Parameter staticPrompt, Parameter experts, JoinedLinear router, double temperature) {

  /**
   * Makes those of a layer.
   *
   * @param widths of the parts of ψ, by modality
   * @param d width of the main encoder
   */
  static PromptExperts make(
      int layer, Settings settings, Named<Integer> widths, int d, Parameters parameters) {
    String name = "fusion." + layer + ".";
    int experts = settings.get(MopeMethod.EXPERTS);
    int length = settings.get(MopeMethod.LENGTH);
    Parameters.Start prompt = new Parameters.Start.Normal(0.02);
    int width = JoinedLinear.width(widths);
    return new PromptExperts(
        parameters.make(name + "static_prompt", Role.PLAIN, prompt, length, d),
        parameters.make(name + "experts", Role.PLAIN, prompt, experts, length, d),
        JoinedLinear.withoutBias(
            widths,
            parameters.make(
                name + "router.weight", Role.DECAYED, TrainedLinear.start(width), experts, width)),
        settings.get(MopeMethod.TEMPERATURE));
  }

  /** P_s for all samples, [1, l, d]. */
  Tensor fixed() {
    return staticPrompt
        .value()
        .reshape(1, staticPrompt.shape().dim(0), staticPrompt.shape().dim(1));
  }

  /**
   * How much of each expert a sample gets.
   *
   * @param psi pooled vectors of the other modalities that are there, one or more
   * @return r [B, k], each row a distribution
   */
  Tensor scores(Named<Tensor> psi) {
    return Neural.softmax(router.apply(psi).mul(1 / temperature), 1);
  }

  /** P_d = Σ r_k E_k, [B, l, d]. */
  Tensor dynamic(Named<Tensor> psi) {
    long k = experts.shape().dim(0);
    long l = experts.shape().dim(1);
    long d = experts.shape().dim(2);
    Tensor mixed = scores(psi).matmul(experts.value().reshape(k, l * d));
    return mixed.reshape(Tensor.KEEP, l, d);
  }
}
