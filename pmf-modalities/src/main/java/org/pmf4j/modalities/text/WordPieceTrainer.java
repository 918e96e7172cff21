package org.pmf4j.modalities.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Learns word pieces by merging the most frequent pair of neighbours again and again, as the
 * tokenizers library's WordPieceTrainer does (Sennrich et al., 2016). The same words give the same
 * pieces: among pairs equally frequent the alphabetically first is merged.
 */
final class WordPieceTrainer {
  private static final String CONTINUED = "##";

  private final List<List<String>> words = new ArrayList<>();
  private final List<Long> counts = new ArrayList<>();
  private final Map<Pair, Long> frequencies = new HashMap<>();
  private final Map<Pair, Set<Integer>> places = new HashMap<>();
  private final PriorityQueue<Candidate> queue =
      new PriorityQueue<>(
          Comparator.comparingLong(Candidate::frequency)
              .reversed()
              .thenComparing(c -> c.pair().left())
              .thenComparing(c -> c.pair().right()));

  private record Pair(String left, String right) {
    String merged() {
      return left + right.substring(CONTINUED.length());
    }
  }

  private record Candidate(Pair pair, long frequency) {}

  private WordPieceTrainer(Map<List<String>, Long> words) {
    words.forEach(
        (word, count) -> {
          this.words.add(new ArrayList<>(word));
          counts.add(count);
          note(this.words.size() - 1, 1);
        });
    frequencies.forEach((pair, frequency) -> queue.add(new Candidate(pair, frequency)));
  }

  /**
   * Learns pieces.
   *
   * @param words each word as its characters, those after the first with ## before them, and how
   *     often it occurs
   * @param size the most pieces; at most half of them are single characters, the most frequent
   * @return the pieces: characters in alphabetical order, then merged ones as they were found
   */
  static List<String> train(Map<List<String>, Long> words, int size) {
    LinkedHashSet<String> pieces = new LinkedHashSet<>(alphabet(words, Math.max(1, size / 2)));
    WordPieceTrainer trainer = new WordPieceTrainer(words);
    while (pieces.size() < size) {
      Pair best = trainer.mostFrequent();
      if (best == null) {
        break;
      }
      pieces.add(best.merged());
      trainer.merge(best);
    }
    return List.copyOf(pieces);
  }

  private static List<String> alphabet(Map<List<String>, Long> words, int most) {
    Map<String, Long> frequency = new HashMap<>();
    words.forEach((word, count) -> word.forEach(c -> frequency.merge(c, count, Long::sum)));
    return frequency.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(most)
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  /** The pair that occurs most often, at least twice; null if there is none. */
  private Pair mostFrequent() {
    while (!queue.isEmpty()) {
      Candidate candidate = queue.poll();
      long now = frequencies.getOrDefault(candidate.pair(), 0L);
      if (now == candidate.frequency()) {
        return now >= 2 ? candidate.pair() : null;
      }
    }
    return null;
  }

  private void merge(Pair pair) {
    Set<Pair> changed = new HashSet<>();
    for (int place : places.remove(pair)) {
      List<String> word = words.get(place);
      changed.addAll(pairs(word));
      note(place, -1);
      for (int i = 0; i + 1 < word.size(); i++) {
        if (word.get(i).equals(pair.left()) && word.get(i + 1).equals(pair.right())) {
          word.set(i, pair.merged());
          word.remove(i + 1);
        }
      }
      note(place, 1);
      changed.addAll(pairs(word));
    }
    frequencies.remove(pair);
    for (Pair each : changed) {
      long frequency = frequencies.getOrDefault(each, 0L);
      if (frequency > 0) {
        queue.add(new Candidate(each, frequency));
      }
    }
  }

  /** Adds a word's pairs to the counts, or takes them away. */
  private void note(int place, int sign) {
    for (Pair pair : pairs(words.get(place))) {
      frequencies.merge(pair, sign * counts.get(place), Long::sum);
      if (sign > 0) {
        places.computeIfAbsent(pair, p -> new HashSet<>()).add(place);
      }
    }
  }

  private static List<Pair> pairs(List<String> word) {
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i + 1 < word.size(); i++) {
      pairs.add(new Pair(word.get(i), word.get(i + 1)));
    }
    return pairs;
  }
}
