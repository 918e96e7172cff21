/**
 * Tokenization in plain Java: the steps that a {@code tokenizer.json} lists, each giving what the
 * tokenizers library gives. {@link org.pmf4j.modalities.text.tokenizer.Tokenizer} is the way in. A
 * step or setting that is not known is refused with the file and its place in it. Texts are read in
 * pieces as long as tokens are wanted, and a thread that is interrupted stops soon.
 */
package org.pmf4j.modalities.text.tokenizer;
