package org.pmf4j.modalities.text.tokenizer;

import java.util.BitSet;
import java.util.Map;

/** Finds added tokens in a text: leftmost first, of those the longest. */
final class Matches {
  private final TokenTrie trie;
  private final Map<Integer, AddedTokens.Token> tokens;
  private final BitSet starts = new BitSet();

  /**
   * What is looked for.
   *
   * @param ids ids by text; texts are not empty
   * @param tokens their settings by id
   */
  Matches(Map<String, Integer> ids, Map<Integer, AddedTokens.Token> tokens) {
    this.trie = new TokenTrie(ids);
    this.tokens = tokens;
    ids.keySet().forEach(text -> starts.set(text.charAt(0)));
  }

  /**
   * A token in a text, with the white space that it takes along.
   *
   * @param id its id, -1 where none begins before the end
   * @param from where it begins, or the next place to begin at
   * @param to where it ends
   */
  record Match(int id, int from, int to) {}

  /**
   * The next token.
   *
   * @param start where the one before ended
   * @param at the place to begin at, not before {@code start}
   * @param end a token begins before here
   */
  Match next(String text, int start, int at, int end) {
    int i = starts.isEmpty() ? Math.max(at, end) : at;
    while (i < end) {
      Patience.at(i);
      int to = starts.get(text.charAt(i)) ? trie.longestMatch(text, i) : -1;
      if (to < 0) {
        i++;
        continue;
      }
      int id = trie.id(trie.walk(text.substring(i, to)));
      AddedTokens.Token token = tokens.get(id);
      if (!token.word() || alone(text, i, to)) {
        return new Match(
            id,
            token.left() ? spaceBefore(text, start, i) : i,
            token.right() ? spaceBehind(text, to) : to);
      }
      i = to;
    }
    return new Match(-1, i, i);
  }

  private static boolean alone(String text, int from, int to) {
    boolean before = from > 0 && CodePoints.is(CodePoints.WORD, text.codePointBefore(from));
    boolean behind = to < text.length() && CodePoints.is(CodePoints.WORD, text.codePointAt(to));
    return !before && !behind;
  }

  private static int spaceBefore(String text, int start, int from) {
    int i = from;
    while (i > start && CodePoints.is(CodePoints.SPACE, text.charAt(i - 1))) {
      i--;
    }
    return i;
  }

  private static int spaceBehind(String text, int to) {
    int i = to;
    while (i < text.length() && CodePoints.is(CodePoints.SPACE, text.charAt(i))) {
      i++;
    }
    return i;
  }
}
