package org.pmf4j.modalities.text.tokenizer;

import java.util.Map;

/**
 * The longest token first, then the longest that continues, and so on (Schuster and Nakajima,
 * 2012).
 */
final class WordPiece implements Model {
  private final Section section;
  private final Map<String, Integer> vocabulary;
  private final TokenTrie trie;
  private final String unknown;
  private final int continued;
  private final int longest;

  private WordPiece(Section section) {
    this.section = section;
    this.vocabulary = Models.vocabulary(section);
    this.trie = new TokenTrie(vocabulary);
    this.unknown = section.text("unk_token");
    this.continued = trie.walk(section.text("continuing_subword_prefix"));
    this.longest = section.count("max_input_chars_per_word");
  }

  static WordPiece read(Section section) {
    section.only(
        "type", "vocab", "unk_token", "continuing_subword_prefix", "max_input_chars_per_word");
    return new WordPiece(section);
  }

  @Override
  public void tokenize(String word, Ids out) {
    int[] ids = new int[word.length()];
    int count = 0;
    int at = 0;
    if (word.length() > longest && word.codePointCount(0, word.length()) > longest) {
      at = -1;
    }
    while (at >= 0 && at < word.length()) {
      Patience.at(at);
      int node = at == 0 ? TokenTrie.ROOT : continued;
      int id = -1;
      int end = -1;
      for (int i = at; i < word.length() && node >= 0; i++) {
        node = trie.child(node, word.charAt(i));
        if (node >= 0 && trie.id(node) >= 0) {
          id = trie.id(node);
          end = i + 1;
        }
      }
      if (id >= 0) {
        ids[count++] = id;
      }
      at = end;
    }
    if (at < 0) {
      out.add(Models.unknown(section, vocabulary, unknown, word));
      return;
    }
    for (int i = 0; i < count; i++) {
      out.add(ids[i]);
    }
  }

  @Override
  public Map<String, Integer> vocabulary() {
    return vocabulary;
  }
}
