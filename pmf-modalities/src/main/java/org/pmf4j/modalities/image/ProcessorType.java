package org.pmf4j.modalities.image;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.pmf4j.api.encoder.EncoderConfig;

/**
 * The image processors of Hugging Face transformers whose files are read here, with what each does
 * where its file is silent.
 */
enum ProcessorType {
  /** ViT's: straight to a height and a width. */
  VIT("ViT", true, false, Filter.BILINEAR, 224, List.of(0.5), List.of(0.5)),
  /** DeiT's: enlarges and crops. */
  DEIT("DeiT", true, true, Filter.BICUBIC, 256, List.of(0.5), List.of(0.5)),
  /** CLIP's: shortest edge, then a crop. */
  CLIP("CLIP", false, true, Filter.BICUBIC, 224, Constants.CLIP_MEAN, Constants.CLIP_STD),
  /** BiT's: as CLIP's. */
  BIT("Bit", false, true, Filter.BICUBIC, 224, Constants.CLIP_MEAN, Constants.CLIP_STD),
  /** SigLIP's: straight to a height and a width. */
  SIGLIP("Siglip", true, false, Filter.BICUBIC, 224, List.of(0.5), List.of(0.5)),
  /** BEiT's: as DeiT's. */
  BEIT("Beit", true, true, Filter.BICUBIC, 256, List.of(0.5), List.of(0.5));

  private final String stem;
  private final boolean square;
  private final boolean crops;
  private final Filter filter;
  private final int side;
  private final List<Double> mean;
  private final List<Double> deviation;

  ProcessorType(
      String stem,
      boolean square,
      boolean crops,
      Filter filter,
      int side,
      List<Double> mean,
      List<Double> deviation) {
    this.stem = stem;
    this.square = square;
    this.crops = crops;
    this.filter = filter;
    this.side = side;
    this.mean = mean;
    this.deviation = deviation;
  }

  /**
   * The processor that a preprocessor_config.json names; ViT's where it names none.
   *
   * @throws org.pmf4j.api.error.PmfException for one not known here
   */
  static ProcessorType of(EncoderConfig config) {
    String key =
        config.has("image_processor_type") ? "image_processor_type" : "feature_extractor_type";
    String name = config.text(key, "ViTImageProcessor");
    return Arrays.stream(values())
        .filter(type -> type.names().contains(name))
        .findFirst()
        .orElseThrow(() -> config.wrong(key, "one of " + allNames(), name));
  }

  private List<String> names() {
    return List.of(stem + "ImageProcessor", stem + "ImageProcessorFast", stem + "FeatureExtractor");
  }

  private static String allNames() {
    return Arrays.stream(values())
        .map(t -> t.stem + "ImageProcessor")
        .collect(Collectors.joining(", "));
  }

  /** True if one number for the size means a square, false if it means the shortest edge. */
  boolean square() {
    return square;
  }

  /** True if the processor crops unless told otherwise; others never do, whatever they are told. */
  boolean crops() {
    return crops;
  }

  /** Its resampling filter. */
  Filter filter() {
    return filter;
  }

  /** Its size, in pixels. */
  int side() {
    return side;
  }

  /** Its mean of each channel, or of all. */
  List<Double> mean() {
    return mean;
  }

  /** Its standard deviation of each channel, or of all. */
  List<Double> deviation() {
    return deviation;
  }

  private static final class Constants {
    static final List<Double> CLIP_MEAN = List.of(0.48145466, 0.4578275, 0.40821073);
    static final List<Double> CLIP_STD = List.of(0.26862954, 0.26130258, 0.27577711);
  }
}
