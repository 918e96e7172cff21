package org.pmf4j.core.pmf;

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
        return JointHead.make(widths, s, outputs, parameters);
      }
    };

    abstract Head build(Named<Integer> widths, int outputs, PmfSettings s, Parameters parameters);
  }
}
