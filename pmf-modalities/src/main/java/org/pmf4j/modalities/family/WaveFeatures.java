package org.pmf4j.modalities.family;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.nn.Activation;
import org.pmf4j.api.nn.LayerNorm;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.api.tensor.TensorScope;

/**
 * The feature extractor of wav2vec 2.0: a stack of strided convolutions from samples to frames, the
 * first or all of them normalized.
 *
 * @param source the configuration file, for messages
 * @param steps first to last
 * @param kernels the width of each convolution
 * @param strides the stride of each convolution
 */
record WaveFeatures(
    String source, List<UnaryOperator<Tensor>> steps, int[] kernels, int[] strides) {
  private static final double EPSILON = 1e-5;

  /** The most samples from one frame to the next. */
  private static final int MOST_SAMPLES = 1 << 20;

  /** Its settings, read before any weight. */
  record Settings(
      String source,
      int[] widths,
      int[] kernels,
      int[] strides,
      boolean biased,
      String norm,
      Activation activation) {
    static Settings of(EncoderConfig config) {
      int[] widths = FamilyConfig.sizes(config, "conv_dim", 512, 512, 512, 512, 512, 512, 512);
      int[] kernels = FamilyConfig.sizes(config, "conv_kernel", 10, 3, 3, 3, 3, 2, 2);
      int[] strides = FamilyConfig.sizes(config, "conv_stride", 5, 2, 2, 2, 2, 2, 2);
      if (kernels.length != widths.length || strides.length != widths.length) {
        throw config.wrong(
            "conv_dim", "as long as conv_kernel and conv_stride", widths.length + " numbers");
      }
      if (config.size("num_feat_extract_layers", widths.length) != widths.length) {
        throw config.wrong(
            "num_feat_extract_layers",
            "the length of conv_dim, " + widths.length,
            config.values().get("num_feat_extract_layers"));
      }
      for (String key : List.of("conv_kernel", "conv_stride")) {
        double samples = 1;
        for (int each : key.equals("conv_kernel") ? kernels : strides) {
          samples *= each;
        }
        if (samples > MOST_SAMPLES) {
          throw config.wrong(key, "smaller: a frame would take minutes", config.values().get(key));
        }
      }
      String norm = config.text("feat_extract_norm", "group");
      if (!norm.equals("group") && !norm.equals("layer")) {
        throw config.wrong("feat_extract_norm", "\"group\" or \"layer\"", '"' + norm + '"');
      }
      return new Settings(
          config.source(),
          widths,
          kernels,
          strides,
          config.flag("conv_bias", false),
          norm,
          FamilyConfig.activation(config, "feat_extract_activation"));
    }

    int width() {
      return widths[widths.length - 1];
    }
  }

  static WaveFeatures of(Settings s, Weights weights) {
    List<UnaryOperator<Tensor>> steps = new ArrayList<>();
    for (int i = 0; i < s.widths().length; i++) {
      Weights w = weights.under("feature_extractor.conv_layers." + i + ".");
      int in = i == 0 ? 1 : s.widths()[i - 1];
      int out = s.widths()[i];
      Convolution convolution =
          s.biased()
              ? Convolution.of(w, "conv", in, out, s.kernels()[i], s.strides()[i], 0)
              : Convolution.unbiased(w, "conv", in, out, s.kernels()[i], s.strides()[i]);
      UnaryOperator<Tensor> norm = norm(s.norm(), i, out, w);
      steps.add(x -> TensorScope.tidy(() -> step(x, convolution, norm, s.activation())));
    }
    return new WaveFeatures(s.source(), steps, s.kernels(), s.strides());
  }

  /** One step; what it makes on the way, which may be gigabytes, is freed as it goes along. */
  private static Tensor step(
      Tensor x, Convolution convolution, UnaryOperator<Tensor> norm, Activation activation) {
    Tensor made = convolution.apply(x);
    Tensor normed = norm.apply(made);
    if (normed != made) {
      made.close();
    }
    return activation.apply(normed);
  }

  private static UnaryOperator<Tensor> norm(String kind, int layer, int width, Weights w) {
    if (kind.equals("layer")) {
      return w.layerNorm("layer_norm", width, EPSILON)::apply;
    }
    if (layer > 0) {
      return UnaryOperator.identity();
    }
    LayerNorm named = w.layerNorm("layer_norm", width, EPSILON);
    return x -> overTime(x, named);
  }

  /** Group normalization with one channel a group: each channel over its own time. */
  private static Tensor overTime(Tensor x, LayerNorm norm) {
    return TensorScope.tidy(
        () -> {
          Tensor centred = x.sub(meanOverTime(x));
          Tensor square = centred.square();
          Tensor variance = meanOverTime(square);
          square.close();
          Tensor scale = norm.scale().div(variance.add(norm.epsilon()).sqrt());
          Tensor scaled = centred.mul(scale);
          centred.close();
          return scaled.add(norm.shift());
        });
  }

  /**
   * [B, frames, width] → [B, 1, width]. Engines sum a last dimension in parts, and others perhaps
   * one by one, which costs two digits where there are tens of thousands of frames.
   */
  private static Tensor meanOverTime(Tensor x) {
    return x.permute(0, 2, 1).mean(2).permute(0, 2, 1);
  }

  /**
   * {@code input_values} [B, samples] → [B, frames, width].
   *
   * @throws PmfException if there are fewer samples than one frame needs
   */
  Tensor apply(Tensor samples) {
    boolean open = samples.shape().rank() == 2 && samples.shape().dim(1) == Shape.UNKNOWN;
    if (samples.shape().rank() != 2 || !open && samples.dim(1) < samplesOf(1)) {
      throw PmfException.input(
          String.format(
              Locale.ROOT,
              "%s: the encoder takes input_values [batch, samples] of at least %d samples, got %s",
              source,
              samplesOf(1),
              samples.shape()));
    }
    Tensor x = samples.reshape(Tensor.KEEP, Tensor.KEEP, 1);
    for (UnaryOperator<Tensor> step : steps) {
      Tensor before = x;
      x = step.apply(before);
      before.close();
    }
    return x;
  }

  /**
   * Which frames are real: those whose last sample is, padding being at the end.
   *
   * @param mask INT64 [B, samples], 1 at real samples
   * @return BOOL [B, frames]
   */
  Tensor framesOf(Tensor mask) {
    long step = samplesOf(2) - samplesOf(1);
    Tensor real = mask.cast(DType.FLOAT32);
    Tensor last = real.slice(1, samplesOf(1) - 1, -1).reshape(Tensor.KEEP, Tensor.KEEP, 1);
    Tensor chosen = Convolution.windows(last, 1, Math.toIntExact(step));
    Tensor flat = chosen.reshape(Tensor.KEEP, Tensor.KEEP);
    return flat.greaterThan(flat.filled(0, flat.dtype()));
  }

  /** How many samples a number of frames covers. */
  private long samplesOf(long frames) {
    long n = frames;
    for (int i = kernels.length - 1; i >= 0; i--) {
      n = (n - 1) * strides[i] + kernels[i];
    }
    return n;
  }
}
