package org.pmf4j.core.pmf;

import java.util.List;
import org.pmf4j.api.fusion.prompt.FusionContextPrompt;
import org.pmf4j.api.tensor.Named;

/**
 * What is trained of one fusion layer.
 *
 * @param queryStages of the ordered pairs x → y that are fused
 * @param contexts by modality, its fusion context prompt; empty where there is none
 */
record TrainedLayer(List<QueryStage> queryStages, Named<FusionContextPrompt> contexts) {}
