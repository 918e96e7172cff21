package org.pmf4j.modalities.image;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.error.PmfException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an image processor does, complete: the steps run in the order of the components.
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

  private static final Logger LOG = LoggerFactory.getLogger(ImageSettings.class);

  /**
   * (x − mean) / deviation, channel by channel.
   *
   * @param mean of red, green and blue
   * @param deviation of red, green and blue, none 0
   */
  record Normalization(List<Double> mean, List<Double> deviation) {}

  /** The size of a crop, where a file says none. */
  private static final TargetSize CROP = new TargetSize.Exact(224, 224);

  static ImageSettings of(Processor processor) {
    EncoderConfig config = processor.settings();
    ProcessorType type = processor.type();
    boolean newer = processor.newer();
    if (config.flag("default_to_square", type.square()) != type.square()) {
      throw config.wrong(
          "default_to_square", type.square() + " for " + type.className(), !type.square());
    }
    warnOfOlder(processor);
    Optional<TargetSize> size =
        config.flag("do_resize", true)
            ? Optional.of(TargetSize.of(config, "size", type.square(), type.size(newer)))
            : Optional.empty();
    Optional<Double> scale =
        config.flag("do_rescale", true)
            ? Optional.of(config.number("rescale_factor", 1 / 255.0))
            : Optional.empty();
    return new ImageSettings(
        size, filter(config, type), crop(processor), scale, norm(config, type));
  }

  /** Where versions of transformers differ, and a file does not say which it is for. */
  private static void warnOfOlder(Processor processor) {
    EncoderConfig config = processor.settings();
    ProcessorType type = processor.type();
    boolean silent =
        !config.has("size") && config.flag("do_resize", true) || !config.has("do_center_crop");
    if (!processor.newer() && type.crops(false) != type.crops(true) && silent) {
      LOG.warn(
          "{}: leaves size or do_center_crop open, and is read as transformers 4 does: resized to 256 × 256, then cropped to 224 × 224; 5 resizes to 224 × 224 and crops nothing",
          config.source());
    }
    if (!processor.newer() && !type.crops(false) && config.flag("do_center_crop", false)) {
      LOG.warn(
          "{}: \"do_center_crop\" is true: crops, as {} of transformers 5 does and 4 did not",
          config.source(),
          type.className());
    }
  }

  /** A filter by its code in Pillow, or by its name there. */
  private static Filter filter(EncoderConfig config, ProcessorType type) {
    Object found = config.values().get("resample");
    Filter[] all = Filter.values();
    for (Filter each : all) {
      boolean same =
          found instanceof Number n
              ? n.doubleValue() == each.ordinal()
              : found instanceof String s && s.equalsIgnoreCase(each.name());
      if (same) {
        return demandKnown(config, type, each);
      }
    }
    if (found == null) {
      return type.filter();
    }
    throw config.wrong("resample", "a filter of Pillow, 0 to 5", found);
  }

  /** Of what is scaled first torchvision has these two, and a nearest pixel of another kind. */
  private static Filter demandKnown(EncoderConfig config, ProcessorType type, Filter filter) {
    if (type.scalesFirst() && filter != Filter.BILINEAR && filter != Filter.BICUBIC) {
      throw config.wrong("resample", "2 (bilinear) or 3 (bicubic)", filter.ordinal());
    }
    return filter;
  }

  private static Optional<TargetSize.Exact> crop(Processor processor) {
    EncoderConfig config = processor.settings();
    boolean usual = processor.type().crops(processor.newer());
    if (!config.flag("do_center_crop", usual)) {
      return Optional.empty();
    }
    if (!processor.type().crops(false) && !config.has("crop_size")) {
      throw PmfException.input(
          config.source()
              + ": \"do_center_crop\" is true, but there is no \"crop_size\"; give it as"
              + " {\"height\": …, \"width\": …}");
    }
    if (TargetSize.of(config, "crop_size", true, CROP) instanceof TargetSize.Exact exact) {
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
