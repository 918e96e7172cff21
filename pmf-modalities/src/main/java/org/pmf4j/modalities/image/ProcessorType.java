package org.pmf4j.modalities.image;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The image processors of Hugging Face transformers whose files are read here, with what each does
 * where its file is silent. What is matched are those that resize with Pillow: all of transformers
 * 4 but the ones called {@code Fast}, and the ones called {@code Pil} of 5.
 */
enum ProcessorType {
  /** ViT's: straight to a height and a width. */
  VIT(
      "ViT",
      true,
      false,
      Filter.BILINEAR,
      224,
      List.of(0.5),
      List.of(0.5),
      "vit",
      "vit_mae",
      "swin",
      "swinv2"),
  /** DeiT's: enlarges and crops. */
  DEIT("DeiT", true, true, Filter.BICUBIC, 256, List.of(0.5), List.of(0.5), "deit"),
  /** CLIP's: shortest edge, then a crop. */
  CLIP(
      "CLIP",
      false,
      true,
      Filter.BICUBIC,
      224,
      Constants.CLIP_MEAN,
      Constants.CLIP_STD,
      "clip",
      "clip_vision_model"),
  /** BiT's: as CLIP's. */
  BIT(
      "Bit",
      false,
      true,
      Filter.BICUBIC,
      224,
      Constants.CLIP_MEAN,
      Constants.CLIP_STD,
      "dinov2",
      "dinov2_with_registers"),
  /** SigLIP's: straight to a height and a width; one number is the shortest edge. */
  SIGLIP(
      "Siglip",
      false,
      false,
      Filter.BICUBIC,
      224,
      List.of(0.5),
      List.of(0.5),
      "siglip",
      "siglip_vision_model"),
  /** BEiT's, as transformers 4 has it: as DeiT's. In 5, and if called Fast, it is as ViT's. */
  BEIT("Beit", true, true, Filter.BICUBIC, 256, List.of(0.5), List.of(0.5), "beit"),
  /** VideoMAE's, of each frame: shortest edge, then a crop. */
  VIDEO_MAE("VideoMAE", false, true, Filter.BILINEAR, 224, List.of(0.5), List.of(0.5), "videomae"),

  /** DINOv3's: scales before it resizes, with torchvision in either version. */
  DINOV3(
      "DINOv3ViT",
      true,
      false,
      Filter.BILINEAR,
      224,
      Constants.IMAGENET_MEAN,
      Constants.IMAGENET_STD,
      "dinov3_vit");

  private final String stem;
  private final boolean square;
  private final boolean crops;
  private final Filter filter;
  private final int side;
  private final List<Double> mean;
  private final List<Double> deviation;
  private final List<String> modelTypes;

  ProcessorType(
      String stem,
      boolean square,
      boolean crops,
      Filter filter,
      int side,
      List<Double> mean,
      List<Double> deviation,
      String... modelTypes) {
    this.stem = stem;
    this.square = square;
    this.crops = crops;
    this.filter = filter;
    this.side = side;
    this.mean = mean;
    this.deviation = deviation;
    this.modelTypes = List.of(modelTypes);
  }

  /** The processor of a class's name, if it is known here. */
  static Optional<ProcessorType> named(String name) {
    return Arrays.stream(values()).filter(type -> type.names().contains(name)).findFirst();
  }

  /**
   * The processor that an encoder has where no file names one. Encoders that have no default in
   * transformers – image halves saved alone, DINOv2 with registers – have that of their relatives.
   */
  static Optional<ProcessorType> of(String modelType) {
    return Arrays.stream(values()).filter(t -> t.modelTypes.contains(modelType)).findFirst();
  }

  private List<String> names() {
    return List.of(
        className(), className() + "Fast", className() + "Pil", stem + "FeatureExtractor");
  }

  /** The names of all, for messages. */
  static String allNames() {
    return Arrays.stream(values()).map(ProcessorType::className).collect(Collectors.joining(", "));
  }

  /** Its class in transformers. */
  String className() {
    return stem + "ImageProcessor";
  }

  /** The list of its keys. */
  String keys() {
    return "preprocessor_config." + stem;
  }

  /** True if one number for the size means a square, false if it means the shortest edge. */
  boolean square() {
    return square;
  }

  /**
   * True if the processor crops unless told otherwise.
   *
   * @param newer whether it is transformers 5's, or called Fast
   */
  boolean crops(boolean newer) {
    return crops && !(newer && this == BEIT);
  }

  /** Its resampling filter. */
  Filter filter() {
    return filter;
  }

  /**
   * Its size, where a file says none.
   *
   * @param newer whether it is transformers 5's, or called Fast
   */
  TargetSize size(boolean newer) {
    int length = newer && this == BEIT ? 224 : side;
    boolean shortest = this == CLIP || this == BIT || this == VIDEO_MAE;
    return shortest ? new TargetSize.ShortestEdge(length) : new TargetSize.Exact(length, length);
  }

  /** True if it scales values before it resizes, so that resizing rounds nothing. */
  boolean scalesFirst() {
    return this == DINOV3;
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
    static final List<Double> IMAGENET_MEAN = List.of(0.485, 0.456, 0.406);
    static final List<Double> IMAGENET_STD = List.of(0.229, 0.224, 0.225);
    static final List<Double> CLIP_MEAN = List.of(0.48145466, 0.4578275, 0.40821073);
    static final List<Double> CLIP_STD = List.of(0.26862954, 0.26130258, 0.27577711);
  }
}
