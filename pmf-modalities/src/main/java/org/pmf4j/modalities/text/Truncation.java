package org.pmf4j.modalities.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quoted;

/**
 * Where the {@code truncation} of a tokenizer.json cuts. Its {@code stride} says how much two parts
 * of one text have in common, of which the first alone is taken here; the strategies that cut a
 * single text cut it alike.
 *
 * @param maxLength the most tokens, special ones included
 */
record Truncation(int maxLength) {
  private static final String KEY = "truncation";
  private static final String LENGTH = "max_length";
  static final String LENGTH_KEY = KEY + "." + LENGTH;
  private static final String ONLY_SECOND = "OnlySecond";
  private static final List<String> STRATEGIES = List.of("LongestFirst", "OnlyFirst", ONLY_SECOND);
  private static final List<String> DIRECTIONS = List.of("Right", "Left");

  /**
   * Reads it.
   *
   * @return empty where the tokenizer does not cut
   * @throws PmfException if it is broken, or cuts the second of two texts alone
   */
  static Optional<Truncation> of(TokenizerFile file) {
    JsonNode node = file.json().path(KEY);
    if (node.isMissingNode() || node.isNull()) {
      return Optional.empty();
    }
    if (!node.isObject()) {
      throw wrong(file, "", "an object or null", node);
    }
    JsonNode length = node.path(LENGTH);
    if (!length.isIntegralNumber() || length.asLong() < 1) {
      throw wrong(file, LENGTH, "a whole number above 0", length);
    }
    word(file, node, "direction", DIRECTIONS);
    String strategy = word(file, node, "strategy", STRATEGIES);
    if (strategy.equals(ONLY_SECOND)) {
      throw PmfException.input(
          file.source()
              + ": \"truncation\" cuts the second of two texts alone, and here a text stands alone;"
              + " choose max-length=longest or a number");
    }
    return Optional.of(new Truncation((int) Math.min(Integer.MAX_VALUE, length.asLong())));
  }

  private static String word(TokenizerFile file, JsonNode node, String key, List<String> words) {
    JsonNode value = node.path(key);
    String word = value.isMissingNode() ? words.get(0) : value.asText("");
    if (!words.contains(word)) {
      throw wrong(file, key, String.join(" or ", words), value);
    }
    return word;
  }

  private static PmfException wrong(TokenizerFile file, String key, String must, JsonNode found) {
    return PmfException.input(
        String.format(
            Locale.ROOT,
            "%s: \"%s\" must be %s, found %s",
            file.source(),
            key.isEmpty() ? KEY : KEY + "." + key,
            must,
            found.isMissingNode() ? "nothing" : Quoted.of(found)));
  }
}
