package org.pmf4j.modalities.text.tokenizer;

import java.util.function.Consumer;

/**
 * Spaces become a visible mark, and words begin with it.
 *
 * @param mark the mark
 * @param prefix where a mark is added before a text that has none
 * @param split whether to cut before each mark
 */
record Metaspace(String mark, Prefix prefix, boolean split) implements PreTokenizer {

  /** Where a mark is added. */
  enum Prefix {
    FIRST,
    NEVER,
    ALWAYS
  }

  static Metaspace read(Section section) {
    section.only("type", "replacement", "add_prefix_space", "prepend_scheme", "split", "str_rep");
    Prefix prefix =
        switch (section.text("prepend_scheme", "always")) {
          case "always" -> Prefix.ALWAYS;
          case "never" -> Prefix.NEVER;
          case "first" -> Prefix.FIRST;
          default -> throw section.wrong("prepend_scheme", "always, never or first");
        };
    boolean legacy = section.flag("add_prefix_space", true);
    if (!legacy && prefix != Prefix.NEVER) {
      if (section.find("prepend_scheme").isPresent()) {
        throw section.wrong("add_prefix_space", "true where prepend_scheme is not never");
      }
      // Files from before prepend_scheme, which newer libraries do not read.
      prefix = Prefix.NEVER;
    }
    String mark = Character.toString(section.character("replacement"));
    return new Metaspace(mark, prefix, section.flag("split", true));
  }

  @Override
  public void cut(Piece piece, Consumer<Piece> out) {
    String marked = piece.text().replace(" ", mark);
    boolean wanted = prefix == Prefix.ALWAYS || (prefix == Prefix.FIRST && piece.first());
    if (wanted && !marked.startsWith(mark)) {
      marked = mark + marked;
    }
    Piece whole = new Piece(marked, piece.first());
    if (!split) {
      out.accept(whole);
      return;
    }
    int from = 0;
    int at = marked.indexOf(mark, marked.startsWith(mark) ? mark.length() : 0);
    while (at >= 0) {
      whole.give(from, at, out);
      from = at;
      at = marked.indexOf(mark, at + mark.length());
    }
    whole.give(from, marked.length(), out);
  }

  @Override
  public AtSpaces atSpaces() {
    return split ? AtSpaces.CUTS : AtSpaces.DEPENDS;
  }
}
