package org.pmf4j.modalities.text.tokenizer;

/** A step that changes a text before it is cut. Immutable. */
interface Normalizer {
  /** Leaves texts as they are. */
  Normalizer NONE = (text, edges) -> text;

  /**
   * Which ends of a text a piece of it has.
   *
   * @param first whether the text begins here
   * @param last whether it ends here
   */
  record Edges(boolean first, boolean last) {
    /** A whole text. */
    static final Edges WHOLE = new Edges(true, true);
  }

  /** The changed text. */
  String apply(String text, Edges edges);

  /**
   * True if a text may be cut before a space between two letters or digits of ASCII, its pieces
   * changed one by one, and the space remains one.
   */
  default boolean worksInPieces() {
    return true;
  }

  /** As {@link #worksInPieces}, for a cut between two of the common Chinese characters. */
  default boolean worksBetweenIdeographs() {
    return true;
  }
}
