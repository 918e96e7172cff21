/**
 * Text: tokenizers of Hugging Face directories, read offline, and their WordPiece vocabularies for
 * new encoders. {@link org.pmf4j.modalities.text.TextModality} is the way in. The tokenization
 * itself is the tokenizers library that transformers uses too, so that ids agree.
 */
package org.pmf4j.modalities.text;
