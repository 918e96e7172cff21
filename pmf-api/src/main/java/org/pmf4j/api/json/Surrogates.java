package org.pmf4j.api.json;

/**
 * Halves of surrogate pairs, which are no characters: JSON can spell them, UTF-8 cannot hold them.
 * Has no state: any thread may call it.
 *
 * @since API version 2
 */
public final class Surrogates {
  private Surrogates() {}

  /** True for a text of characters alone, whose surrogates all have their other half. */
  public static boolean arePaired(String text) {
    int at = 0;
    while (at < text.length()) {
      int character = text.codePointAt(at);
      if (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE) {
        return false;
      }
      at += Character.charCount(character);
    }
    return true;
  }
}
