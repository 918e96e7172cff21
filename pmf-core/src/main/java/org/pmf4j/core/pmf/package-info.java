/**
 * PMF: prompt-based multimodal fusion (Li, Quan, Zhu, Yang: Efficient Multimodal Fusion via
 * Interactive Prompting, CVPR 2023). In each {@link org.pmf4j.core.pmf.PmfFusionLayer} every
 * ordered pair of modalities (or those that {@link org.pmf4j.core.pmf.Pairs} names) has an {@link
 * org.pmf4j.core.pmf.QueryStage} – the query stage – and each modality takes in what the others
 * sent – the fusion stage. The encoders stay frozen; prompts, mappings and heads are trained. A
 * {@link org.pmf4j.core.pmf.ByRow} is what is trained, as a batch meets it: one model's for all
 * rows, or for each row that of its own model.
 */
package org.pmf4j.core.pmf;
