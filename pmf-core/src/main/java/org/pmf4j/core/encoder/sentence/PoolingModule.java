package org.pmf4j.core.encoder.sentence;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.error.PmfException;

/**
 * The settings of a Pooling module. Immutable.
 *
 * @param source its config.json
 * @param mode the one way in which it pools
 * @param includePrompt whether the tokens of a prompt count
 */
record PoolingModule(EncoderConfig source, PoolingMode mode, boolean includePrompt) {
  private static final String MODE = "pooling_mode";
  private static final List<String> WIDTHS =
      List.of("embedding_dimension", "word_embedding_dimension");

  /**
   * Reads them. Where {@code pooling_mode} is there, its text counts, and else the flags; without
   * any flag that is true the mean is meant.
   *
   * @throws PmfException for several modes, whose vectors the library joins to a longer one
   */
  static PoolingModule read(EncoderConfig config) {
    List<PoolingMode> modes = config.has(MODE) ? stated(config) : flagged(config);
    if (modes.size() > 1) {
      throw PmfException.input(
          String.format(
              Locale.ROOT,
              "%s: joins the vectors of several modes, %s, to one that is longer than the encoder's"
                  + " states; %s",
              config.source(),
              String.join(" and ", modes.stream().map(PoolingMode::word).toList()),
              SentenceVector.ADVICE));
    }
    boolean prompt = config.flag("include_prompt", true);
    PoolingMode mode = modes.isEmpty() ? PoolingMode.MEAN : modes.get(0);
    return new PoolingModule(config, mode, prompt);
  }

  private static List<PoolingMode> stated(EncoderConfig config) {
    Object value = config.values().get(MODE);
    List<?> words = value instanceof List<?> list && !list.isEmpty() ? list : List.of(value);
    return words.stream()
        .map(
            word ->
                PoolingMode.named(String.valueOf(word).toLowerCase(Locale.ROOT))
                    .orElseThrow(
                        () -> config.wrong(MODE, String.join(" or ", PoolingMode.words()), value)))
        .toList();
  }

  private static List<PoolingMode> flagged(EncoderConfig config) {
    return Arrays.stream(PoolingMode.values())
        .filter(mode -> config.flag(mode.flag(), false))
        .toList();
  }

  /**
   * Refuses a module that was made for other states.
   *
   * @param width of the encoder's states
   */
  void requireWidth(int width) {
    for (String key : WIDTHS) {
      if (source.size(key, width) != width) {
        throw source.wrong(key, width + ", as the encoder's states are", source.size(key));
      }
    }
  }
}
