package org.pmf4j.modalities.text.tokenizer;

/**
 * A text as an encoder takes it. Immutable, so that any number of threads may share it.
 *
 * @param ids token ids, special ones included [N]
 * @param types which sequence each belongs to [N]
 */
public record Encoded(int[] ids, int[] types) {}
