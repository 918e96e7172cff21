/**
 * Encoder families: small declarative files that say which keys of {@code config.json} an encoder
 * reads, what its weights are called, how it embeds its inputs and how it pools. The maths of the
 * transformer layers comes from the host. A configuration that asks for maths which a family does
 * not have is refused with the reason and never read past.
 */
package org.pmf4j.modalities.family;
