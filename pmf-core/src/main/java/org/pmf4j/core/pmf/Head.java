package org.pmf4j.core.pmf;

import java.util.Optional;
import org.pmf4j.api.fusion.Parameters;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;

/** From the pooled token of each modality to logits. */
interface Head {
  /**
   * Logits.
   *
   * @param pooled by modality, [B, d], of the modalities that are there: one or more
   * @return [B, outputs]
   */
  Tensor logits(Named<Tensor> pooled);

  /**
   * What its weights add to the loss in training.
   *
   * @return [1], or nothing
   */
  default Optional<Tensor> penalty() {
    return Optional.empty();
  }

  /** The heads there are to choose from. */
  enum Kind {
    /** A linear head for each modality, their logits averaged: the paper's. */
    AVERAGED {
      @Override
      Head build(Named<Integer> widths, int outputs, PmfSettings s, Parameters parameters) {
        return AveragedHeads.make(widths, outputs, parameters);
      }
    },
    /** One small network over all pooled tokens, which can compare them: an option of ours. */
    JOINT {
      @Override
      Head build(Named<Integer> widths, int outputs, PmfSettings s, Parameters parameters) {
        Head joint = JointHead.make(widths, s, outputs, parameters);
        return s.headNorm() ? new NormalizedHead(joint) : joint;
      }
    };

    abstract Head build(Named<Integer> widths, int outputs, PmfSettings s, Parameters parameters);
  }
}
