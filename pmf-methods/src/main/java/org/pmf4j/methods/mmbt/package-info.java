/**
 * Supervised multimodal bitransformers (Kiela et al., 2019): what the other modalities' encoders
 * tell enters the main encoder as tokens. {@link org.pmf4j.methods.mmbt.ProjectedTokens} makes
 * them.
 */
package org.pmf4j.methods.mmbt;
