/**
 * Text: tokenizers of Hugging Face directories, read offline, and their WordPiece vocabularies for
 * new encoders. {@link org.pmf4j.modalities.text.TextModality} is the way in. What files say in
 * which order is decided here; {@link org.pmf4j.modalities.text.tokenizer} cuts the texts.
 */
package org.pmf4j.modalities.text;
