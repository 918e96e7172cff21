/**
 * Fusion of encoders into one classifier. The three kinds of {@link org.pmf4j.api.fusion.Prompt} of
 * PMF are named types; a {@link org.pmf4j.api.fusion.FusionLayer} lets the modalities exchange what
 * they know in one layer; a {@link org.pmf4j.api.fusion.FusionMethod} builds a {@link
 * org.pmf4j.api.fusion.FusionModel} over any number of encoders.
 */
package org.pmf4j.api.fusion;
