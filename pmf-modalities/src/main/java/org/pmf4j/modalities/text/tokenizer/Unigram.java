package org.pmf4j.modalities.text.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The tokens with the largest sum of scores (Kudo, 2018), found by Viterbi's algorithm. */
final class Unigram implements Model {
  /** What a character that is no token scores below the worst token. */
  private static final double PENALTY = 10;

  private static final int NONE = -1;

  private final Section section;
  private final Map<String, Integer> vocabulary;
  private final TokenTrie trie;
  private final double[] scores;
  private final double unknownScore;
  private final int unknown;
  private final int[] bytes;
  private final int size;

  private Unigram(Section section) {
    this.section = section;
    List<Section> entries = section.list("vocab");
    Map<String, Integer> ids = new LinkedHashMap<>(2 * entries.size());
    size = entries.size();
    scores = new double[size];
    double worst = Double.POSITIVE_INFINITY;
    for (int i = 0; i < size; i++) {
      ids.put(token(entries.get(i)), i);
      scores[i] = entries.get(i).node().get(1).doubleValue();
      worst = Math.min(worst, scores[i]);
    }
    vocabulary = Collections.unmodifiableMap(ids);
    trie = new TokenTrie(ids);
    unknownScore = worst - PENALTY;
    unknown = section.find("unk_id").isPresent() ? section.count("unk_id") : NONE;
    if (unknown >= size) {
      throw section.wrong("unk_id", "the id of a token of vocab");
    }
    bytes = section.flag("byte_fallback", false) ? bytes(ids) : null;
  }

  static Unigram read(Section section) {
    section.only("type", "vocab", "unk_id", "byte_fallback");
    return new Unigram(section);
  }

  private static String token(Section entry) {
    JsonNode node = entry.node();
    boolean pair = node.isArray() && node.size() == 2 && node.get(0).isTextual();
    if (!pair
        || !node.get(1).isNumber()
        || Double.isNaN(node.get(1).doubleValue())
        || Double.isInfinite(node.get(1).doubleValue())) {
      throw entry.refused("must be a token and its score, found " + Quoted.of(node.toString()));
    }
    return entry.whole("token", node.get(0).textValue());
  }

  /** The ids of the tokens for single bytes, -1 where there is none. */
  static int[] bytes(Map<String, Integer> ids) {
    int[] bytes = new int[256];
    for (int b = 0; b < bytes.length; b++) {
      bytes[b] = ids.getOrDefault(String.format(Locale.ROOT, "<0x%02X>", b), NONE);
    }
    return bytes;
  }

  @Override
  public void tokenize(String word, Ids out) {
    int length = word.length();
    double[] best = new double[length + 1];
    int[] starts = new int[length + 1];
    int[] tokens = new int[length + 1];
    Arrays.fill(starts, NONE);
    search(word, best, starts, tokens);
    int count = 0;
    int[] ends = new int[length];
    for (int end = length; end > 0; end = starts[end]) {
      ends[count++] = end;
    }
    for (int i = count - 1; i >= 0; i--) {
      int end = ends[i];
      int start = starts[end];
      if (unknown == NONE || tokens[end] != unknown) {
        out.add(tokens[end]);
        continue;
      }
      // Neighbours that are unknown become one token.
      while (i > 0 && tokens[ends[i - 1]] == unknown) {
        end = ends[--i];
      }
      unknown(word.substring(start, end), out);
    }
  }

  private void search(String word, double[] best, int[] starts, int[] tokens) {
    for (int start = 0; start < word.length(); ) {
      Patience.at(start);
      int next = start + Character.charCount(word.codePointAt(start));
      boolean single = false;
      int node = TokenTrie.ROOT;
      for (int i = start; i < word.length(); i++) {
        node = trie.child(node, word.charAt(i));
        if (node < 0) {
          break;
        }
        int id = trie.id(node);
        if (id >= 0) {
          reach(start, i + 1, id, scores[id] + best[start], best, starts, tokens);
          single |= i + 1 == next;
        }
      }
      if (!single) {
        double score = unknownScore + best[start];
        if (starts[next] == NONE || score > best[next]) {
          if (unknown == NONE) {
            throw Models.noUnknown(section, word, "has no unk_id");
          }
          reach(start, next, unknown, score, best, starts, tokens);
        }
      }
      start = next;
    }
  }

  private static void reach(
      int start, int end, int id, double score, double[] best, int[] starts, int[] tokens) {
    if (starts[end] == NONE || score > best[end]) {
      best[end] = score;
      starts[end] = start;
      tokens[end] = id;
    }
  }

  private void unknown(String text, Ids out) {
    Integer id = vocabulary.get(text);
    if (id != null) {
      out.add(id);
    } else if (bytes == null || !addBytes(text, bytes, out)) {
      out.add(unknown);
    }
  }

  /** Appends the tokens of a text's bytes, or nothing where one of them has none. */
  static boolean addBytes(String text, int[] bytes, Ids out) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    for (byte b : utf8) {
      if (bytes[b & 0xFF] < 0) {
        return false;
      }
    }
    for (byte b : utf8) {
      out.add(bytes[b & 0xFF]);
    }
    return true;
  }

  @Override
  public Map<String, Integer> vocabulary() {
    return vocabulary;
  }

  @Override
  public int size() {
    return size;
  }
}
