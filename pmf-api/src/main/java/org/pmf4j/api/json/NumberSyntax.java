package org.pmf4j.api.json;

/** How RFC 8259 writes a number: {@code -? (0|[1-9][0-9]*) (.[0-9]+)? ([eE][-+]?[0-9]+)?}. */
final class NumberSyntax {
  private NumberSyntax() {}

  static boolean matches(String word) {
    int from = word.startsWith("-") ? 1 : 0;
    int at = pastDigits(word, from);
    if (at == from || at > from + 1 && word.charAt(from) == '0') {
      return false;
    }
    if (at < word.length() && word.charAt(at) == '.') {
      from = at + 1;
      at = pastDigits(word, from);
      if (at == from) {
        return false;
      }
    }
    if (at < word.length() && (word.charAt(at) == 'e' || word.charAt(at) == 'E')) {
      from = at + 1;
      if (from < word.length() && (word.charAt(from) == '+' || word.charAt(from) == '-')) {
        from++;
      }
      at = pastDigits(word, from);
      if (at == from) {
        return false;
      }
    }
    return at == word.length();
  }

  private static int pastDigits(String word, int from) {
    int at = from;
    while (at < word.length() && word.charAt(at) >= '0' && word.charAt(at) <= '9') {
      at++;
    }
    return at;
  }
}
