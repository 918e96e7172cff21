package org.pmf4j.modalities.text;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.pmf4j.modalities.text.tokenizer.Tokenizer;

/**
 * Counts the words of texts as BERT's tokenizer sees them: cleaned, in lower case, without accents,
 * cut at spaces and punctuation. The tokenizer itself cuts, so that training and use cannot differ.
 */
final class Words {
  private static final String CONTINUED = "##";
  private static final Pattern SPACE = Pattern.compile("\\s+");

  /** Longer words are unknown to BERT, whatever the vocabulary. */
  private static final int LONGEST = 100;

  private Words() {}

  /** Each word, as its characters, those after the first with ## before them, with its count. */
  static Map<List<String>, Long> count(Iterable<String> texts) {
    Map<String, Integer> special = new LinkedHashMap<>();
    WordPiece.Special.BERT.all().forEach(token -> special.put(token, special.size()));
    WordPiece bert = new WordPiece(special, WordPiece.Special.BERT, WordPiece.Cleaning.DEFAULT);
    Tokenizer tokenizer = Tokenizer.read("the corpus", bert.toJson(), false);
    Map<List<String>, Long> counts = new LinkedHashMap<>();
    chunks(texts)
        .forEach(
            (chunk, count) ->
                tokenizer.words(chunk).stream()
                    .filter(word -> word.codePointCount(0, word.length()) <= LONGEST)
                    .forEach(word -> counts.merge(characters(word), count, Long::sum)));
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

  private static List<String> characters(String word) {
    int[] points = word.codePoints().toArray();
    String[] characters = new String[points.length];
    for (int i = 0; i < points.length; i++) {
      characters[i] = (i == 0 ? "" : CONTINUED) + Character.toString(points[i]);
    }
    return List.of(characters);
  }
}
