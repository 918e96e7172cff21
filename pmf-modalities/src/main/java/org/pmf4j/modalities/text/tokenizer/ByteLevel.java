package org.pmf4j.modalities.text.tokenizer;

import java.util.function.Consumer;

/**
 * GPT-2's words (Radford et al., 2019), their bytes written as visible characters.
 *
 * @param prefix whether a text that begins without a space gets one
 * @param words whether to cut at all
 */
record ByteLevel(boolean prefix, boolean words) implements PreTokenizer {
  /** No kind of code point, but the first character behind a text. */
  private static final int END = -1;

  static ByteLevel read(Section section) {
    section.only("type", "add_prefix_space", "trim_offsets", "use_regex");
    return new ByteLevel(section.flag("add_prefix_space"), section.flag("use_regex", true));
  }

  @Override
  public void cut(Piece piece, Consumer<Piece> out) {
    String text = piece.text();
    String whole = prefix && !text.startsWith(" ") ? " " + text : text;
    if (!words) {
      out.accept(new Piece(ByteCharacters.of(whole), piece.first()));
      return;
    }
    for (int from = 0; from < whole.length(); ) {
      int to = end(whole, from);
      out.accept(
          new Piece(ByteCharacters.of(whole.substring(from, to)), piece.first() && from == 0));
      from = to;
    }
  }

  /**
   * The end of the word that begins at a place: a contraction; letters, numbers or other characters
   * with a space before them; white space without the last one, which the next word takes.
   */
  private static int end(String text, int from) {
    int contraction = contraction(text, from);
    if (contraction > from) {
      return contraction;
    }
    int start = text.charAt(from) == ' ' ? from + 1 : from;
    int kind = kind(text, start);
    if (kind != END && kind != CodePoints.SPACE) {
      return run(text, start, kind);
    }
    int end = run(text, from, CodePoints.SPACE);
    return end < text.length() && end - from > 1 ? end - 1 : end;
  }

  private static int contraction(String text, int from) {
    if (text.charAt(from) != '\'' || from + 1 == text.length()) {
      return from;
    }
    return switch (text.charAt(from + 1)) {
      case 's', 't', 'm', 'd' -> from + 2;
      case 'r', 'v' -> from + 2 < text.length() && text.charAt(from + 2) == 'e' ? from + 3 : from;
      case 'l' -> from + 2 < text.length() && text.charAt(from + 2) == 'l' ? from + 3 : from;
      default -> from;
    };
  }

  private static int kind(String text, int at) {
    if (at == text.length()) {
      return END;
    }
    return CodePoints.kinds(text.codePointAt(at))
        & (CodePoints.LETTER | CodePoints.NUMBER | CodePoints.SPACE);
  }

  private static int run(String text, int from, int kind) {
    int to = from;
    while (to < text.length() && kind(text, to) == kind) {
      to += Character.charCount(text.codePointAt(to));
    }
    return to;
  }

  @Override
  public AtSpaces atSpaces() {
    return words ? AtSpaces.CUTS : AtSpaces.DEPENDS;
  }
}
