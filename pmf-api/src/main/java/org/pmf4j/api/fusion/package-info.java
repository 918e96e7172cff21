/**
 * Fusion of encoders into one classifier. The prompts of PMF are named types in {@code
 * org.pmf4j.api.fusion.prompt}; a {@link org.pmf4j.api.fusion.FusionLayer} lets the modalities
 * exchange what they know in one layer; a {@link org.pmf4j.api.fusion.FusionMethod} builds a {@link
 * org.pmf4j.api.fusion.FusionModel} over any number of encoders.
 */
package org.pmf4j.api.fusion;
