package org.pmf4j.core.pmf;

import java.util.ArrayList;
import java.util.List;
import org.pmf4j.api.fusion.prompt.FusionContextPrompt;
import org.pmf4j.api.fusion.prompt.TrainedPrompt;
import org.pmf4j.api.tensor.Named;

/**
 * What is trained of one fusion layer.
 *
 * @param queryStages of the ordered pairs x → y that are fused
 * @param contexts by modality, its fusion context prompt; empty where there is none
 */
record TrainedLayer(List<QueryStage> queryStages, Named<FusionContextPrompt> contexts) {
  /** Which prompts there are, who sends them to whom, in order: what layers of one make share. */
  List<String> layout() {
    List<String> all = new ArrayList<>();
    contexts.asMap().forEach((m, context) -> all.add(m + shape(context)));
    for (QueryStage stage : queryStages) {
      String context = stage.queryContextPrompt().map(TrainedLayer::shape).orElse("");
      all.add(stage.from() + ">" + stage.to() + shape(stage.queryPrompt()) + context);
    }
    return all;
  }

  private static String shape(TrainedPrompt prompt) {
    return " " + prompt.vectors().shape();
  }
}
