package org.pmf4j.modalities.audio.feature;

import java.util.LinkedHashMap;
import java.util.Map;
import org.pmf4j.api.encoder.EncoderConfig;

/**
 * Mean and deviation of the logarithms that an AST front end makes of a training set. For one
 * thread at a time.
 */
public final class SpectrogramStatistics {
  /** AudioSet's, which stand where there is nothing to measure. */
  private static final Result AUDIO_SET = new Result(-4.2677393, 4.5689974);

  private final AstFrontEnd frontEnd;
  private long count;
  private double sum;
  private double squares;

  private SpectrogramStatistics(AstFrontEnd frontEnd) {
    this.frontEnd = frontEnd;
  }

  /**
   * What was found.
   *
   * @param mean over frames and bins, padding not counted
   * @param deviation above 0
   */
  public record Result(double mean, double deviation) {}

  /**
   * Statistics of no clip yet.
   *
   * @param settings of a preprocessor_config.json, without mean and deviation
   */
  public static SpectrogramStatistics of(Map<String, Object> settings) {
    Map<String, Object> copy = new LinkedHashMap<>(settings);
    return new SpectrogramStatistics(
        AstFrontEnd.of(new EncoderConfig("the new encoder's sizes", copy)));
  }

  /** The samples that count. */
  public Demand demand() {
    return frontEnd.demand();
  }

  /** Adds a clip; one shorter than a frame adds nothing. */
  public void add(float[] samples) {
    if (samples.length < AstFrontEnd.FRAME) {
      return;
    }
    for (float x : frontEnd.logarithms(samples)) {
      count++;
      sum += x;
      squares += (double) x * x;
    }
  }

  /** Mean and deviation of all clips; AudioSet's if there is none, or all is silence. */
  public Result result() {
    double mean = sum / count;
    double deviation = Math.sqrt(Math.max(0, squares / count - mean * mean));
    return count == 0 || deviation < 1e-3 ? AUDIO_SET : new Result(mean, deviation);
  }
}
