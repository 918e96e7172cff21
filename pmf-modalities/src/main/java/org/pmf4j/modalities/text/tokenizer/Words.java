package org.pmf4j.modalities.text.tokenizer;

import java.util.function.Consumer;

/** Ways of cutting a text that have no settings. */
final class Words {
  private Words() {}

  /** At white space, which goes, and around each punctuation character. */
  static void bert(Piece piece, Consumer<Piece> out) {
    String text = piece.text();
    int from = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      int next = i + Character.charCount(c);
      int kinds = CodePoints.kinds(c) & (CodePoints.SPACE | CodePoints.PUNCTUATION);
      if (kinds != 0) {
        piece.give(from, i, out);
        if ((kinds & CodePoints.SPACE) == 0) {
          piece.give(i, next, out);
        }
        from = next;
      }
      i = next;
    }
    piece.give(from, text.length(), out);
  }

  /** Runs of word characters, and runs of what is neither those nor white space. */
  static void runs(Piece piece, Consumer<Piece> out) {
    String text = piece.text();
    int from = 0;
    int kind = CodePoints.SPACE;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      int here = CodePoints.kinds(c) & (CodePoints.SPACE | CodePoints.WORD);
      if (here != kind) {
        if (kind != CodePoints.SPACE) {
          piece.give(from, i, out);
        }
        from = i;
        kind = here;
      }
      i += Character.charCount(c);
    }
    if (kind != CodePoints.SPACE) {
      piece.give(from, text.length(), out);
    }
  }

  /** At white space, which goes. */
  static void betweenSpaces(Piece piece, Consumer<Piece> out) {
    String text = piece.text();
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      if (CodePoints.is(CodePoints.SPACE, text.charAt(i))) {
        piece.give(from, i, out);
        from = i + 1;
      }
    }
    piece.give(from, text.length(), out);
  }

  /**
   * Where the script changes. Spaces and what has no script go with what stands before; before the
   * first script they get lost, as in the tokenizers library.
   */
  static void scripts(Piece piece, Consumer<Piece> out) {
    String text = piece.text();
    int from = -1;
    int last = 0;
    int han = CodePoints.script(0x4E00);
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      int script = c == ' ' ? 0 : c == 0x30FC ? han : CodePoints.script(c);
      if (script != 0 && script != last) {
        if (from >= 0) {
          piece.give(from, i, out);
        }
        from = i;
        last = script;
      }
      i += Character.charCount(c);
    }
    if (from >= 0) {
      piece.give(from, text.length(), out);
    }
  }
}
