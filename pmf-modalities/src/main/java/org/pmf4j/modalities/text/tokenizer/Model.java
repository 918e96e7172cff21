package org.pmf4j.modalities.text.tokenizer;

import java.util.Map;

/** Cuts a word into tokens of its vocabulary. Several threads may do so at once. */
interface Model {
  /** Appends the ids of a word that is not empty. */
  void tokenize(String word, Ids out);

  /** Ids by token. */
  Map<String, Integer> vocabulary();

  /** The number of tokens, which the first added token takes for its id. */
  default int size() {
    return vocabulary().size();
  }
}
