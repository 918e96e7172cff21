package org.pmf4j.modalities.video;

import java.util.Comparator;

/**
 * Names as people count them: {@code frame2} before {@code frame10}. Runs of the digits 0 to 9 are
 * compared as numbers of any length, all else by code points; of names that are alike then, the one
 * with fewer zeros in front goes first. Has no state: any thread may call it.
 */
final class NaturalOrder implements Comparator<String> {
  @Override
  public int compare(String a, String b) {
    int i = 0;
    int j = 0;
    while (i < a.length() && j < b.length()) {
      int order;
      if (isDigit(a, i) && isDigit(b, j)) {
        int endOfA = end(a, i);
        int endOfB = end(b, j);
        order = compareNumbers(a.substring(i, endOfA), b.substring(j, endOfB));
        i = endOfA;
        j = endOfB;
      } else {
        order = Integer.compare(a.codePointAt(i), b.codePointAt(j));
        i = a.offsetByCodePoints(i, 1);
        j = b.offsetByCodePoints(j, 1);
      }
      if (order != 0) {
        return order;
      }
    }
    int order = Boolean.compare(i < a.length(), j < b.length());
    if (order == 0) {
      order = Integer.compare(a.length(), b.length());
    }
    return order != 0 ? order : a.compareTo(b);
  }

  private static boolean isDigit(String text, int at) {
    return text.charAt(at) >= '0' && text.charAt(at) <= '9';
  }

  private static int end(String text, int from) {
    int end = from;
    while (end < text.length() && isDigit(text, end)) {
      end++;
    }
    return end;
  }

  private static int compareNumbers(String a, String b) {
    String one = a.substring(zeros(a));
    String other = b.substring(zeros(b));
    int order = Integer.compare(one.length(), other.length());
    return order != 0 ? order : one.compareTo(other);
  }

  private static int zeros(String digits) {
    int zeros = 0;
    while (zeros < digits.length() && digits.charAt(zeros) == '0') {
      zeros++;
    }
    return zeros;
  }
}
