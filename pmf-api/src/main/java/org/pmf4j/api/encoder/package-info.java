/**
 * Frozen transformers as the framework sees them. An {@link org.pmf4j.api.encoder.Encoder} embeds
 * its inputs as {@link org.pmf4j.api.encoder.Tokens}, runs {@link
 * org.pmf4j.api.encoder.EncoderLayer layers} that are queries over a {@link
 * org.pmf4j.api.encoder.Memory}, and pools the last states. An {@link
 * org.pmf4j.api.encoder.EncoderFamily} reads one kind of them from a directory in the Hugging Face
 * layout: its configuration, its weight names, its embedding and its pooling; transformer layers
 * come from the host as {@link org.pmf4j.api.encoder.TransformerLayers}.
 */
package org.pmf4j.api.encoder;
