package org.pmf4j.modalities.video;

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
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.modalities.directory.ExtraSizes;
import org.pmf4j.modalities.directory.SettingsFiles;
import org.pmf4j.modalities.image.Symmetry;

/**
 * New VideoMAE encoders: {@code image-size}, {@code patch-size}, {@code frames}, {@code
 * tubelet-size}, {@code mlp-width}.
 */
final class VideoPretraining implements Pretraining {
  private static final String MODEL_TYPE = "videomae";
  private static final String PIXELS = "pixel_values";
  private static final String IMAGE_SIZE = "image-size";
  private static final String PATCH_SIZE = "patch-size";
  private static final String FRAMES = "frames";
  private static final String TUBELET_SIZE = "tubelet-size";
  private static final String MLP_WIDTH = "mlp-width";

  @Override
  public String modelType() {
    return MODEL_TYPE;
  }

  @Override
  public void initialize(Path directory, Sizes sizes, List<Source> corpus) {
    ExtraSizes extra =
        ExtraSizes.of(sizes, Set.of(IMAGE_SIZE, PATCH_SIZE, FRAMES, TUBELET_SIZE, MLP_WIDTH));
    demandMultiple(IMAGE_SIZE, extra.get(IMAGE_SIZE, 64), PATCH_SIZE, extra.get(PATCH_SIZE, 16));
    demandMultiple(FRAMES, extra.get(FRAMES, 8), TUBELET_SIZE, extra.get(TUBELET_SIZE, 2));
    SettingsFiles target = new SettingsFiles(directory);
    target.write("preprocessor_config.json", preprocessor(extra.get(IMAGE_SIZE, 64)));
    target.write("config.json", config(sizes, extra));
  }

  private static void demandMultiple(String name, int value, String ofName, int of) {
    if (value % of != 0) {
      throw PmfException.usage(
          String.format(Locale.ROOT, "%s %d must be a multiple of %s %d", name, value, ofName, of));
    }
  }

  private static Map<String, Object> config(Sizes sizes, ExtraSizes extra) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("architectures", List.of("VideoMAEModel"));
    config.put("model_type", MODEL_TYPE);
    config.put("hidden_size", sizes.width());
    config.put("num_hidden_layers", sizes.depth());
    config.put("num_attention_heads", sizes.heads());
    config.put("intermediate_size", extra.get(MLP_WIDTH, 4 * sizes.width()));
    config.put("hidden_act", "gelu");
    config.put("hidden_dropout_prob", 0.0);
    config.put("attention_probs_dropout_prob", 0.0);
    config.put("initializer_range", 0.02);
    config.put("layer_norm_eps", 1e-12);
    config.put("image_size", extra.get(IMAGE_SIZE, 64));
    config.put("patch_size", extra.get(PATCH_SIZE, 16));
    config.put("num_channels", 3);
    config.put("num_frames", extra.get(FRAMES, 8));
    config.put("tubelet_size", extra.get(TUBELET_SIZE, 2));
    config.put("qkv_bias", true);
    config.put("use_mean_pooling", false);
    config.put("torch_dtype", "float32");
    return config;
  }

  private static Map<String, Object> preprocessor(int side) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("image_processor_type", "VideoMAEImageProcessor");
    config.put("do_resize", true);
    config.put("size", Map.of("shortest_edge", side));
    config.put("do_center_crop", true);
    config.put("crop_size", square(side));
    config.put("do_rescale", true);
    config.put("rescale_factor", 1 / 255.0);
    config.put("do_normalize", true);
    config.put("image_mean", List.of(0.5, 0.5, 0.5));
    config.put("image_std", List.of(0.5, 0.5, 0.5));
    return config;
  }

  /** In a fixed order, which {@code Map.of} does not have: equal settings give equal files. */
  private static Map<String, Object> square(int side) {
    Map<String, Object> size = new LinkedHashMap<>();
    size.put("height", side);
    size.put("width", side);
    return size;
  }

  /** All frames turned or mirrored alike, as an image is; time goes on as it did. */
  @Override
  public Named<HostTensor> augment(Named<HostTensor> sample, RandomGenerator random) {
    HostTensor pixels = sample.get(PIXELS);
    long[] dims = pixels.shape().dims();
    Shape planes = Shape.of(dims[0] * dims[1], dims[2], dims[3]);
    Symmetry symmetry = Symmetry.random(dims[2] == dims[3], random);
    HostTensor changed = symmetry.of(new HostTensor(planes, pixels.dtype(), pixels.data()));
    return sample.with(PIXELS, new HostTensor(pixels.shape(), changed.dtype(), changed.data()));
  }
}
