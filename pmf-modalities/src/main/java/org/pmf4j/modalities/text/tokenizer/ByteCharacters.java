package org.pmf4j.modalities.text.tokenizer;

import java.nio.charset.StandardCharsets;

/** Bytes as visible characters, as GPT-2 writes them: those that are none come from U+0100 on. */
final class ByteCharacters {
  private static final char[] OF_BYTE = new char[256];

  static {
    char next = 0x100;
    for (int b = 0; b < 256; b++) {
      boolean visible = (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE;
      OF_BYTE[b] = visible ? (char) b : next++;
    }
  }

  private ByteCharacters() {}

  /** A text's UTF-8 bytes as characters. */
  static String of(String text) {
    char[] out = new char[text.length()];
    for (int i = 0; i < out.length; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        return of(text.getBytes(StandardCharsets.UTF_8));
      }
      out[i] = OF_BYTE[c];
    }
    return new String(out);
  }

  /** Bytes as characters. */
  static String of(byte[] bytes) {
    char[] out = new char[bytes.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = OF_BYTE[bytes[i] & 0xFF];
    }
    return new String(out);
  }
}
