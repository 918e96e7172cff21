package org.pmf4j.modalities.text.tokenizer;

import java.util.function.Consumer;

/** A step that cuts a normalized text into words. Immutable. */
interface PreTokenizer {
  /** Leaves texts whole. */
  PreTokenizer NONE = (piece, out) -> out.accept(piece);

  /** What a step does at a single space between two letters or digits of ASCII. */
  enum AtSpaces {
    /** A word ends before the space, whatever stands further away. */
    CUTS,
    /** No word ends there, and what the step does beside it does not depend on it. */
    LEAVES,
    /** Not known. */
    DEPENDS
  }

  /** Hands on the words of a piece, in order. */
  void cut(Piece piece, Consumer<Piece> out);

  /** What happens at spaces. */
  default AtSpaces atSpaces() {
    return AtSpaces.DEPENDS;
  }
}
