package org.pmf4j.modalities.text.tokenizer;

import java.util.function.Consumer;

/**
 * A part of a text on the way to its tokens.
 *
 * @param text never empty
 * @param first whether the whole text begins here
 */
record Piece(String text, boolean first) {

  /** Hands a part of this piece on, unless it is empty. */
  void give(int from, int to, Consumer<Piece> out) {
    if (from == 0 && to == text.length()) {
      out.accept(this);
    } else if (from < to) {
      out.accept(new Piece(text.substring(from, to), first && from == 0));
    }
  }
}
