package org.pmf4j.modalities.text.tokenizer;

import java.util.stream.IntStream;

/** The last step: puts special tokens around those of a text. Immutable. */
interface PostProcessor {
  /** Adds nothing. */
  PostProcessor NONE =
      new PostProcessor() {
        @Override
        public Encoded apply(Encoded content) {
          return content;
        }

        @Override
        public IntStream added() {
          return IntStream.empty();
        }
      };

  /** The text with its special tokens. */
  Encoded apply(Encoded content);

  /** The ids of the tokens that it adds to a text. */
  IntStream added();
}
