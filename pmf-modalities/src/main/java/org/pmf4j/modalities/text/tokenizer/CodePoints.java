package org.pmf4j.modalities.text.tokenizer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the tokenizers library takes a code point for. Its parts have tables of several Unicode
 * versions, and the JDK's change with the JDK, so that they are read from {@code unicode.tsv},
 * which was made by asking the library.
 */
final class CodePoints {
  /** White space. */
  static final int SPACE = 1;

  /** What BERT takes for punctuation: all symbols of ASCII too. */
  static final int PUNCTUATION = 1 << 1;

  /** A digit or other number, to the pre-tokenizer Digits. */
  static final int DIGIT = 1 << 2;

  /** A character of words, to the pre-tokenizer Whitespace and to tokens of single words. */
  static final int WORD = 1 << 3;

  /** {@code \p{L}} of an expression. */
  static final int LETTER = 1 << 4;

  /** {@code \p{N}} of an expression. */
  static final int NUMBER = 1 << 5;

  /** What BERT's cleaning takes away. */
  static final int BERT_REMOVED = 1 << 6;

  /** What BERT's cleaning makes a space. */
  static final int BERT_SPACE = 1 << 7;

  /** Chinese characters as BERT knows them. */
  static final int BERT_CHINESE = 1 << 8;

  /** Accents that BERT strips. */
  static final int BERT_ACCENT = 1 << 9;

  /** Accents that StripAccents strips. */
  static final int ACCENT = 1 << 10;

  /** What the library neither decomposes nor reorders, but newer Unicode versions do. */
  static final int UNKNOWN_TO_FORMS = 1 << 11;

  /** {@code \p{Cn}} of an expression: what the library's Unicode version does not know. */
  static final int UNASSIGNED = 1 << 12;

  private static final List<String> NAMES =
      List.of(
          "space",
          "punctuation",
          "digit",
          "word",
          "letter",
          "number",
          "bert-removed",
          "bert-space",
          "bert-chinese",
          "bert-accent",
          "strip-accent",
          "unknown-to-forms",
          "unassigned");

  private static final short[] KINDS = new short[Character.MAX_CODE_POINT + 1];

  /** Numbers of scripts by code point, 0 where there is none. */
  private static final byte[] SCRIPTS = new byte[Character.MAX_CODE_POINT + 1];

  /** Lower case of those code points that become one other. */
  private static final Map<Integer, String> LOWER = new HashMap<>();

  private static final int[] LOWER_OF_BMP = new int[0x10000];

  static {
    try (InputStream in = CodePoints.class.getResourceAsStream("unicode.tsv");
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      lines.lines().forEach(CodePoints::read);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private CodePoints() {}

  private static void read(String line) {
    int tab = line.indexOf('\t');
    String name = line.substring(0, tab);
    String[] ranges = line.substring(tab + 1).split(" ");
    if (name.equals("lower")) {
      for (String mapping : ranges) {
        readLower(mapping);
      }
      return;
    }
    int kind = NAMES.indexOf(name);
    for (String range : ranges) {
      int dash = range.indexOf('-');
      int from = Integer.parseInt(dash < 0 ? range : range.substring(0, dash), 16);
      int to = dash < 0 ? from : Integer.parseInt(range.substring(dash + 1), 16);
      for (int c = from; c <= to; c++) {
        if (kind < 0) {
          SCRIPTS[c] = (byte) (Integer.parseInt(name.substring("script-".length())) + 1);
        } else {
          KINDS[c] |= (short) (1 << kind);
        }
      }
    }
  }

  private static void readLower(String mapping) {
    int arrow = mapping.indexOf('>');
    int from = Integer.parseInt(mapping.substring(0, arrow), 16);
    StringBuilder to = new StringBuilder();
    for (String c : mapping.substring(arrow + 1).split("\\+")) {
      to.appendCodePoint(Integer.parseInt(c, 16));
    }
    LOWER.put(from, to.toString());
    if (from < LOWER_OF_BMP.length) {
      LOWER_OF_BMP[from] = to.length() == 1 ? to.charAt(0) : -1;
    }
  }

  /** True if a code point is of one of the kinds. */
  static boolean is(int kinds, int c) {
    return (KINDS[c] & kinds) != 0;
  }

  /** The kinds that a code point is of. */
  static int kinds(int c) {
    return KINDS[c];
  }

  /** The number of a code point's script; 0 where the library knows none. */
  static int script(int c) {
    return SCRIPTS[c];
  }

  /** Appends a code point in lower case. */
  static void lower(int c, StringBuilder out) {
    if (c < LOWER_OF_BMP.length) {
      int lower = LOWER_OF_BMP[c];
      if (lower >= 0) {
        out.append((char) (lower == 0 ? c : lower));
        return;
      }
    }
    String lower = LOWER.get(c);
    if (lower == null) {
      out.appendCodePoint(c);
    } else {
      out.append(lower);
    }
  }

  /** A text in lower case, character by character. */
  static String lower(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      lower(c, out);
      i += Character.charCount(c);
    }
    return out.toString();
  }

  /** A text without the code points of the given kinds. */
  static String without(int kinds, String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      if (!is(kinds, c)) {
        out.appendCodePoint(c);
      }
      i += Character.charCount(c);
    }
    return out.toString();
  }
}
