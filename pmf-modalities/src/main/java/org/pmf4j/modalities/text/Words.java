package org.pmf4j.modalities.text;

import ai.djl.huggingface.tokenizers.Encoding;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Counts the words of texts as BERT's tokenizer sees them: cleaned, in lower case, without accents,
 * cut at spaces and punctuation. The cutting is left to the tokenizer itself, with a vocabulary of
 * single characters, so that training and use cannot differ.
 */
final class Words {
  private static final String CONTINUED = "##";
  private static final Pattern SPACE = Pattern.compile("\\s+");

  private Words() {}

  /** Each word, as its characters, with how often it occurs. */
  static Map<List<String>, Long> count(Iterable<String> texts) {
    Map<String, Long> chunks = chunks(texts);
    Map<List<String>, Long> counts = new LinkedHashMap<>();
    WordPiece characters =
        new WordPiece(
            alphabet(chunks.keySet()), WordPiece.Special.BERT, WordPiece.Cleaning.DEFAULT);
    try (OfflineTokenizer tokenizer =
        OfflineTokenizer.load("the corpus", characters.toJson(), Integer.MAX_VALUE)) {
      chunks.forEach((chunk, count) -> add(tokenizer.encode(chunk), count, counts));
    }
    return counts;
  }

  /** Spaces always end a word, so what stands between them need be cut only once. */
  private static Map<String, Long> chunks(Iterable<String> texts) {
    Map<String, Long> chunks = new LinkedHashMap<>();
    for (String text : texts) {
      SPACE.splitAsStream(text).forEach(chunk -> chunks.merge(chunk, 1L, Long::sum));
    }
    return chunks;
  }

  private static void add(Encoding encoding, long times, Map<List<String>, Long> counts) {
    List<String> word = new ArrayList<>();
    for (String token : encoding.getTokens()) {
      boolean continued = token.startsWith(CONTINUED) && token.length() > CONTINUED.length();
      if (!continued && !word.isEmpty()) {
        counts.merge(List.copyOf(word), times, Long::sum);
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
}
