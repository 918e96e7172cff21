package org.pmf4j.modalities.image;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Pretraining;
import org.pmf4j.api.modality.Source;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.modalities.directory.ExtraSizes;
import org.pmf4j.modalities.directory.SettingsFiles;

/** New ViT encoders: {@code image-size}, {@code patch-size}, {@code mlp-width}. */
final class ImagePretraining implements Pretraining {
  private static final String MODEL_TYPE = "vit";
  private static final String IMAGE_SIZE = "image-size";
  private static final String PATCH_SIZE = "patch-size";
  private static final String MLP_WIDTH = "mlp-width";

  @Override
  public String modelType() {
    return MODEL_TYPE;
  }

  @Override
  public void initialize(Path directory, Sizes sizes, List<Source> corpus) {
    ExtraSizes extra = ExtraSizes.of(sizes, Set.of(IMAGE_SIZE, PATCH_SIZE, MLP_WIDTH));
    int image = extra.get(IMAGE_SIZE, 64);
    int patch = extra.get(PATCH_SIZE, 8);
    if (image % patch != 0) {
      throw PmfException.usage(
          String.format(
              Locale.ROOT,
              "%s %d must be a multiple of %s %d",
              IMAGE_SIZE,
              image,
              PATCH_SIZE,
              patch));
    }
    SettingsFiles target = new SettingsFiles(directory);
    target.write("preprocessor_config.json", preprocessor(image));
    target.write(
        "config.json", config(sizes, extra.get(MLP_WIDTH, 4 * sizes.width()), image, patch));
  }

  private static Map<String, Object> config(Sizes sizes, int mlpWidth, int image, int patch) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("architectures", List.of("ViTModel"));
    config.put("model_type", MODEL_TYPE);
    config.put("hidden_size", sizes.width());
    config.put("num_hidden_layers", sizes.depth());
    config.put("num_attention_heads", sizes.heads());
    config.put("intermediate_size", mlpWidth);
    config.put("hidden_act", "gelu");
    config.put("hidden_dropout_prob", 0.0);
    config.put("attention_probs_dropout_prob", 0.0);
    config.put("initializer_range", 0.02);
    config.put("layer_norm_eps", 1e-12);
    config.put("image_size", image);
    config.put("patch_size", patch);
    config.put("num_channels", 3);
    config.put("qkv_bias", true);
    config.put("torch_dtype", "float32");
    return config;
  }

  private static Map<String, Object> preprocessor(int image) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("image_processor_type", "ViTImageProcessor");
    config.put("do_convert_rgb", true);
    config.put("do_resize", true);
    config.put("size", size(image));
    config.put("resample", Filter.BILINEAR.ordinal());
    config.put("do_rescale", true);
    config.put("rescale_factor", 1 / 255.0);
    config.put("do_normalize", true);
    config.put("image_mean", List.of(0.5, 0.5, 0.5));
    config.put("image_std", List.of(0.5, 0.5, 0.5));
    return config;
  }

  /** In a fixed order, which {@code Map.of} does not have: equal settings give equal files. */
  private static Map<String, Object> size(int image) {
    Map<String, Object> size = new LinkedHashMap<>();
    size.put("height", image);
    size.put("width", image);
    return size;
  }

  /** One of the symmetries of a square at random; of a rectangle where the image is none. */
  @Override
  public Named<HostTensor> augment(Named<HostTensor> sample, RandomGenerator random) {
    HostTensor pixels = sample.get("pixel_values");
    boolean square = pixels.shape().dim(1) == pixels.shape().dim(2);
    return sample.with("pixel_values", Symmetry.random(square, random).of(pixels));
  }
}
