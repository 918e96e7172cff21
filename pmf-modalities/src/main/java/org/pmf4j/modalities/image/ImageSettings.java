package org.pmf4j.modalities.image;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.pmf4j.api.encoder.EncoderConfig;

/**
 * What preprocessor_config.json says about images, complete: the steps run in the order of the
 * components.
 *
 * @param size where to resize to, if at all
 * @param filter how
 * @param crop the size to cut from the middle, if at all
 * @param scale what 8-bit values are multiplied with, if with anything
 * @param normalization what is taken away and divided by then, if anything
 */
record ImageSettings(
    Optional<TargetSize> size,
    Filter filter,
    Optional<TargetSize.Exact> crop,
    Optional<Double> scale,
    Optional<Normalization> normalization) {

  /**
   * (x − mean) / deviation, channel by channel.
   *
   * @param mean of red, green and blue
   * @param deviation of red, green and blue, none 0
   */
  record Normalization(List<Double> mean, List<Double> deviation) {}

  static ImageSettings of(EncoderConfig config) {
    ProcessorType type = ProcessorType.of(config);
    Optional<TargetSize> size =
        config.flag("do_resize", true)
            ? Optional.of(TargetSize.of(config, "size", type.square(), type.side()))
            : Optional.empty();
    Optional<Double> scale =
        config.flag("do_rescale", true)
            ? Optional.of(config.number("rescale_factor", 1 / 255.0))
            : Optional.empty();
    return new ImageSettings(
        size, filter(config, type), crop(config, type), scale, norm(config, type));
  }

  private static Filter filter(EncoderConfig config, ProcessorType type) {
    double code = config.number("resample", type.filter().ordinal());
    if (code != Math.rint(code) || code < 0 || code >= Filter.values().length) {
      throw config.wrong("resample", "a filter of Pillow, 0 to 5", config.values().get("resample"));
    }
    return Filter.values()[(int) code];
  }

  /** A processor without crop passes over the key, so the key is passed over here too. */
  private static Optional<TargetSize.Exact> crop(EncoderConfig config, ProcessorType type) {
    if (!type.crops() || !config.flag("do_center_crop", true)) {
      return Optional.empty();
    }
    if (TargetSize.of(config, "crop_size", true, 224) instanceof TargetSize.Exact exact) {
      return Optional.of(exact);
    }
    throw config.wrong(
        "crop_size", "a number or {height, width}", config.values().get("crop_size"));
  }

  private static Optional<Normalization> norm(EncoderConfig config, ProcessorType type) {
    if (!config.flag("do_normalize", true)) {
      return Optional.empty();
    }
    List<Double> deviation = channels(config, "image_std", type.deviation());
    if (deviation.contains(0.0)) {
      throw config.wrong("image_std", "without zeros", deviation);
    }
    return Optional.of(new Normalization(channels(config, "image_mean", type.mean()), deviation));
  }

  private static List<Double> channels(EncoderConfig config, String key, List<Double> otherwise) {
    Object found = config.values().get(key);
    List<?> list =
        found == null
            ? otherwise
            : found instanceof List<?> l ? l : Collections.singletonList(found);
    boolean fits =
        (list.size() == 3 || (list.size() == 1 && !(found instanceof List<?>)))
            && list.stream().allMatch(Number.class::isInstance);
    if (!fits) {
      throw config.wrong(key, "a number or a list of three", found);
    }
    List<Double> numbers = list.stream().map(n -> ((Number) n).doubleValue()).toList();
    return numbers.size() == 3 ? numbers : Collections.nCopies(3, numbers.get(0));
  }
}
