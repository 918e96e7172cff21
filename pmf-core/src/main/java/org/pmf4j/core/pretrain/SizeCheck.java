package org.pmf4j.core.pretrain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.encoder.EncoderFamily;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.core.encoder.EncoderDirectory;

/** Holds sizes that somebody states against those in an encoder's files. */
final class SizeCheck {
  /** What families call a size in their files. */
  private static final Map<String, List<String>> KEYS =
      Map.ofEntries(
          Map.entry("width", List.of("hidden_size", "dim", "d_model")),
          Map.entry("depth", List.of("num_hidden_layers", "n_layers", "encoder_layers")),
          Map.entry("heads", List.of("num_attention_heads", "n_heads", "encoder_attention_heads")),
          Map.entry("mlp-width", List.of("intermediate_size", "hidden_dim", "encoder_ffn_dim")),
          Map.entry("image-size", List.of("image_size")),
          Map.entry("patch-size", List.of("patch_size")),
          Map.entry("frames", List.of("num_frames")),
          Map.entry("tubelet-size", List.of("tubelet_size")),
          Map.entry("vocab-size", List.of("vocab_size")),
          Map.entry("max-length", List.of("max_length", "max_position_embeddings")),
          Map.entry("sampling-rate", List.of("sampling_rate")),
          Map.entry("mel-bins", List.of("num_mel_bins")),
          Map.entry("patch-stride", List.of("time_stride")));

  private SizeCheck() {}

  /**
   * Checks sizes.
   *
   * @param family that reads the encoder
   * @throws PmfException for the first that the files contradict or do not tell
   */
  static void check(EncoderDirectory encoder, EncoderFamily family, Map<String, Integer> stated) {
    List<EncoderConfig> files = new ArrayList<>(List.of(family.part(encoder.config())));
    encoder.optional("preprocessor_config.json").ifPresent(files::add);
    encoder
        .optional("processor_config.json")
        .flatMap(whole -> whole.object("feature_extractor"))
        .ifPresent(files::add);
    stated.forEach((size, value) -> check(files, size, value));
  }

  private static void check(List<EncoderConfig> files, String size, int value) {
    for (EncoderConfig file : files) {
      Optional<String> key =
          KEYS.getOrDefault(size, List.of()).stream().filter(file::has).findFirst();
      if (key.isPresent()) {
        Object found = file.values().get(key.get());
        if (found instanceof Number n && n.doubleValue() == value) {
          return;
        }
        throw PmfException.usage(
            String.format(
                Locale.ROOT,
                "%s %d contradicts %s, where \"%s\" is %s; an existing encoder keeps its sizes",
                size,
                value,
                file.source(),
                key.get(),
                found));
      }
    }
    throw PmfException.usage(
        String.format(
            Locale.ROOT,
            "%s tells no %s that %d could be compared with; an existing encoder keeps its sizes",
            files.get(0).source(),
            size,
            value));
  }
}
