package org.pmf4j.modalities.audio.feature;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.modalities.directory.KeyList;
import org.pmf4j.modalities.directory.ProcessorFile;
import org.pmf4j.modalities.directory.SettingsFiles;

/**
 * Turns the samples of a clip into an encoder's inputs. Its text form holds all settings; it may be
 * used by several threads.
 */
public sealed interface FrontEnd permits AstFrontEnd, Wav2Vec2FrontEnd, WhisperFrontEnd {
  /** The samples it takes. */
  Demand demand();

  /**
   * Inputs of one clip, without a batch dimension.
   *
   * @param samples mono, as {@link #demand()} says, at least one
   * @throws PmfException if nothing can be made of so few samples
   */
  Named<HostTensor> inputs(float[] samples);

  /** Puts clips into one batch. */
  Named<HostTensor> collate(List<Named<HostTensor>> clips);

  /** Length of a prepared clip; 1 where all clips have one length. */
  int length(Named<HostTensor> clip);

  /**
   * The front end that an encoder's files describe.
   *
   * @param modelType decides where they name no {@code feature_extractor_type}
   * @throws PmfException if there are none, or for a type or a setting that is not supported
   */
  static FrontEnd of(SettingsFiles directory, String modelType) {
    String usual = usual(modelType);
    EncoderConfig config =
        ProcessorFile.SOUND.require(directory, usual.isEmpty() ? "AutoFeatureExtractor" : usual);
    Optional<ProcessorFile.Named> named = ProcessorFile.SOUND.type(directory, config);
    String type = named.map(ProcessorFile.Named::name).orElse(usual);
    String all =
        "one of "
            + String.join(", ", AstFrontEnd.TYPE, Wav2Vec2FrontEnd.TYPE, WhisperFrontEnd.TYPE);
    return switch (type) {
      case AstFrontEnd.TYPE -> AstFrontEnd.of(checked(config, "AST"));
      case Wav2Vec2FrontEnd.TYPE -> Wav2Vec2FrontEnd.of(checked(config, "Wav2Vec2"));
      case WhisperFrontEnd.TYPE -> WhisperFrontEnd.of(checked(config, "Whisper"));
      default ->
          throw named
              .map(n -> n.wrong(all))
              .orElseGet(() -> config.wrong("feature_extractor_type", all, "none"));
    };
  }

  private static EncoderConfig checked(EncoderConfig config, String list) {
    KeyList.of("preprocessor_config." + list).check(config);
    return config;
  }

  private static String usual(String modelType) {
    return switch (modelType.toLowerCase(Locale.ROOT)) {
      case "audio-spectrogram-transformer" -> AstFrontEnd.TYPE;
      case "wav2vec2",
          "wav2vec2-conformer",
          "hubert",
          "wavlm",
          "unispeech",
          "unispeech-sat",
          "data2vec-audio",
          "sew" ->
          Wav2Vec2FrontEnd.TYPE;
      case "whisper" -> WhisperFrontEnd.TYPE;
      default -> "";
    };
  }
}
