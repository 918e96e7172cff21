/**
 * Multimodal bottleneck transformers (Nagrani et al., NeurIPS 2021): modalities exchange what they
 * know through a few tokens that all of them attend to.
 */
package org.pmf4j.methods.mbt;
