package org.pmf4j.modalities.text.tokenizer;

import java.text.Normalizer.Form;

/**
 * BERT's cleaning.
 *
 * @param clean whether control characters go and all white space becomes plain
 * @param chinese whether Chinese characters get spaces around them
 * @param accents whether accents go
 * @param lower whether the text becomes lower case
 */
record BertNormalizer(boolean clean, boolean chinese, boolean accents, boolean lower)
    implements Normalizer {

  static BertNormalizer read(Section section) {
    section.only("type", "clean_text", "handle_chinese_chars", "strip_accents", "lowercase");
    boolean lower = section.flag("lowercase");
    return new BertNormalizer(
        section.flag("clean_text"),
        section.flag("handle_chinese_chars"),
        section.flag("strip_accents", lower),
        lower);
  }

  @Override
  public String apply(String text, Edges edges) {
    String spaced = clean || chinese ? spaced(text) : text;
    String bare = accents ? bare(spaced) : spaced;
    return lower ? CodePoints.lower(bare) : bare;
  }

  private String spaced(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      int kinds = CodePoints.kinds(c);
      if (clean && (kinds & CodePoints.BERT_SPACE) != 0) {
        out.append(' ');
      } else if (chinese && (kinds & CodePoints.BERT_CHINESE) != 0) {
        out.append(' ').appendCodePoint(c).append(' ');
      } else if (!clean || (kinds & CodePoints.BERT_REMOVED) == 0) {
        out.appendCodePoint(c);
      }
      i += Character.charCount(c);
    }
    return out.toString();
  }

  private static String bare(String text) {
    String decomposed = Forms.of(text, Form.NFD);
    for (int i = 0; i < decomposed.length(); i++) {
      if (decomposed.charAt(i) >= 0x300) {
        return CodePoints.without(CodePoints.BERT_ACCENT, decomposed);
      }
    }
    return decomposed;
  }
}
