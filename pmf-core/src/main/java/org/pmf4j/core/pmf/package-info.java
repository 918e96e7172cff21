/**
 * PMF: prompt-based multimodal fusion (Li, Quan, Zhu, Yang: Efficient Multimodal Fusion via
 * Interactive Prompting, CVPR 2023). In each {@link org.pmf4j.core.pmf.PmfFusionLayer} every
 * ordered pair of modalities (or those that {@link org.pmf4j.core.pmf.Pairs} names) has an {@link
 * org.pmf4j.core.pmf.QueryStage} – the query stage – and each modality takes in what the others
 * sent – the fusion stage. The encoders stay frozen; prompts, mappings and heads are trained. What
 * is trained may be one model's for all rows of a batch, or {@link org.pmf4j.core.pmf.ByRow} that
 * of each row's model.
 */
package org.pmf4j.core.pmf;
