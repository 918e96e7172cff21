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
    int length = text.length();
    for (int i = 0; i < length; i++) {
      if (!Character.isSurrogate(text.charAt(i))) {
        continue;
      }
      if (i + 1 == length || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
        return false;
      }
      i++;
    }
    return true;
  }
}
