package org.pmf4j.modalities.text;

import ai.djl.huggingface.tokenizers.Encoding;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Counts the words of texts as BERT's tokenizer sees them: cleaned, in lower case, without accents,
 * cut at spaces and punctuation. The cutting is left to the tokenizer itself, with a vocabulary of
 * single characters, so that training and use cannot differ.
 */
final class Words {
  private static final String CONTINUED = "##";

  private Words() {}

  /** Each word, as its characters, with how often it occurs; in alphabetical order. */
  static Map<List<String>, Long> count(Iterable<String> texts) {
    Map<List<String>, Long> counts = new TreeMap<>(Words::compare);
    WordPiece characters =
        new WordPiece(alphabet(texts), WordPiece.Special.BERT, WordPiece.Cleaning.DEFAULT);
    String source = "the corpus";
    try (OfflineTokenizer tokenizer =
        OfflineTokenizer.load(source, characters.toJson(), Integer.MAX_VALUE)) {
      for (String text : texts) {
        count(tokenizer.encode(text), counts);
      }
    }
    return counts;
  }

  private static void count(Encoding encoding, Map<List<String>, Long> counts) {
    List<String> word = new ArrayList<>();
    for (String token : encoding.getTokens()) {
      boolean continued = token.startsWith(CONTINUED) && token.length() > CONTINUED.length();
      if (!continued && !word.isEmpty()) {
        counts.merge(List.copyOf(word), 1L, Long::sum);
        word.clear();
      }
      if (continued || !WordPiece.Special.BERT.all().contains(token)) {
        word.add(token);
      }
    }
  }

  /** All characters that the texts may become by cleaning, whole and continued. */
  private static Map<String, Integer> alphabet(Iterable<String> texts) {
    BitSet characters = new BitSet();
    for (String text : texts) {
      String decomposed = Normalizer.normalize(text, Normalizer.Form.NFD);
      String lower = text.toLowerCase(Locale.ROOT);
      String both = decomposed.toLowerCase(Locale.ROOT);
      Stream.of(text, decomposed, lower, both, Normalizer.normalize(lower, Normalizer.Form.NFD))
          .flatMapToInt(String::codePoints)
          .forEach(characters::set);
    }
    Map<String, Integer> ids = new LinkedHashMap<>();
    WordPiece.Special.BERT.all().forEach(token -> ids.put(token, ids.size()));
    characters.stream()
        .mapToObj(Character::toString)
        .forEach(
            one -> {
              ids.putIfAbsent(one, ids.size());
              ids.putIfAbsent(CONTINUED + one, ids.size());
            });
    return ids;
  }

  private static int compare(List<String> a, List<String> b) {
    return String.join("", a).compareTo(String.join("", b));
  }
}
