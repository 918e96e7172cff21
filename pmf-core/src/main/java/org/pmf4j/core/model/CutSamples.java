package org.pmf4j.core.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.LengthLimit;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.encoder.LoadedEncoder;
import org.pmf4j.core.pipeline.Prefetch;
import org.pmf4j.core.progress.Progress;

/**
 * How many rows an encoder sees a part of, because they are longer than it takes. Each row counts
 * once, whether what becomes of it is computed, found in a cache, or seen in every epoch.
 * Immutable, so that any number of threads may share it.
 *
 * @param encoder its name
 * @param limit how long a sample may be
 * @param cut how many rows are longer
 * @param rows how many rows have its modality
 */
public record CutSamples(String encoder, LengthLimit limit, long cut, long rows) {
  private static final int ROWS_AT_ONCE = 1000;

  /**
   * Looks through rows.
   *
   * @return for each encoder of which some are cut, in order
   * @throws PmfException naming a row that cannot be prepared; of the kind STOPPED, if {@code
   *     progress} asks to stop
   */
  public static List<CutSamples> of(
      Named<LoadedEncoder> encoders, List<Example> examples, Progress progress) {
    List<CutSamples> all = new ArrayList<>();
    encoders
        .asMap()
        .forEach(
            (name, encoder) -> {
              Optional<LengthLimit> limit = encoder.preprocessor().lengthLimit();
              limit.map(l -> of(name, l, examples, progress)).ifPresent(all::add);
            });
    return all.stream().filter(c -> c.cut() > 0).toList();
  }

  private static CutSamples of(
      String name, LengthLimit limit, List<Example> examples, Progress progress) {
    List<Example> having = examples.stream().filter(e -> e.source(name).isPresent()).toList();
    int parts = (having.size() + ROWS_AT_ONCE - 1) / ROWS_AT_ONCE;
    long cut = 0;
    try (Prefetch<Long> counts =
        new Prefetch<>(0, parts, part -> count(name, limit, part(having, part)))) {
      for (int part = 0; part < parts; part++) {
        if (part > 0) {
          progress.checkStop("before work began");
        }
        cut += counts.take();
      }
    }
    return new CutSamples(name, limit, cut, having.size());
  }

  private static List<Example> part(List<Example> all, int part) {
    int from = part * ROWS_AT_ONCE;
    return all.subList(from, Math.min(all.size(), from + ROWS_AT_ONCE));
  }

  private static long count(String name, LengthLimit limit, List<Example> examples) {
    return examples.stream().filter(example -> isCut(name, limit, example)).count();
  }

  private static boolean isCut(String name, LengthLimit limit, Example example) {
    try {
      return limit.cut().test(example.requireSource(name));
    } catch (PmfException e) {
      throw example.at(name, e);
    }
  }

  /** These, and those of other rows of the same encoder. */
  public CutSamples and(CutSamples other) {
    return new CutSamples(encoder, limit, cut + other.cut, rows + other.rows);
  }

  /** The same of another number of rows, which have the modality. */
  public CutSamples of(long all) {
    return new CutSamples(encoder, limit, cut, all);
  }

  /** In words, for people. */
  public String line() {
    return String.format(
        Locale.ROOT,
        "%s: %d of %d %s are longer than %d %s and were cut (%s)",
        encoder,
        cut,
        rows,
        limit.samples(),
        limit.longest(),
        limit.unit(),
        percent());
  }

  /**
   * In words, with what to do about it.
   *
   * @param option that sets a setting of this encoder, up to its name, such as {@code
   *     --encoder-setting text.}
   */
  public String line(String option) {
    return limit.most() > limit.longest()
        ? String.format(
            Locale.ROOT, "%s; %s%s=N takes up to %d", line(), option, limit.setting(), limit.most())
        : line();
  }

  private String percent() {
    long percent = Math.round(100.0 * cut / rows);
    return percent == 0 ? "less than 1 %" : percent + " %";
  }
}
