/**
 * Encoder families: small declarative files that say which keys of {@code config.json} an encoder
 * reads, what its weights are called, how it embeds its inputs and how it pools. What relatives
 * share stands beside them: BERT's and ViT's layers, embeddings of tokens, patches and sound, a
 * convolution. The maths of the transformer layers comes from the host. A configuration that asks
 * for maths which a family does not have is refused with the reason and never read past.
 */
package org.pmf4j.modalities.family;
