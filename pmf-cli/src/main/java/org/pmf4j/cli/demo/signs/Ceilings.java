package org.pmf4j.cli.demo.signs;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The best accuracy that one modality alone can reach, counted: whoever sees only that modality can
 * do no better than give the label that occurs most among the rows that look the same to them.
 * Immutable, so that any number of threads may share it.
 *
 * @param picture from a sign's colours, without the question
 * @param question from the part asked about, without the picture; the wording is drawn by itself
 *     and tells nothing more
 */
public record Ceilings(double picture, double question) {

  static Ceilings of(SignSplit split) {
    return new Ceilings(
        best(split, row -> row.sign().colours()), best(split, row -> List.of(row.part())));
  }

  private record Row(Sign sign, Part part) {}

  private static double best(SignSplit split, Function<Row, List<?>> seen) {
    Map<List<?>, Map<Colour, Integer>> counts = new HashMap<>();
    int rows = 0;
    for (SignSplit.Picture picture : split.pictures()) {
      for (SignSplit.Question question : picture.questions()) {
        Row row = new Row(picture.sign(), question.part());
        counts
            .computeIfAbsent(seen.apply(row), k -> new EnumMap<>(Colour.class))
            .merge(row.sign().colour(row.part()), 1, Integer::sum);
        rows++;
      }
    }
    int right =
        counts.values().stream()
            .mapToInt(labels -> labels.values().stream().mapToInt(i -> i).max().orElse(0))
            .sum();
    return (double) right / rows;
  }
}
