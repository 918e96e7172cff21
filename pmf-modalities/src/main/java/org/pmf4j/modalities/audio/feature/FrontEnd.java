package org.pmf4j.modalities.audio.feature;

import java.util.List;
import java.util.Locale;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;

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
   * The front end that a preprocessor_config.json describes.
   *
   * @param modelType decides where the file names no {@code feature_extractor_type}
   * @throws PmfException for a type or a setting that is not supported
   */
  static FrontEnd of(EncoderConfig config, String modelType) {
    String key = "feature_extractor_type";
    String type = config.text(key, usual(modelType));
    return switch (type) {
      case AstFrontEnd.TYPE -> AstFrontEnd.of(config);
      case Wav2Vec2FrontEnd.TYPE -> Wav2Vec2FrontEnd.of(config);
      case WhisperFrontEnd.TYPE -> WhisperFrontEnd.of(config);
      default ->
          throw config.wrong(
              key,
              "one of "
                  + String.join(
                      ", ", AstFrontEnd.TYPE, Wav2Vec2FrontEnd.TYPE, WhisperFrontEnd.TYPE),
              type.isEmpty() ? "none" : type);
    };
  }

  private static String usual(String modelType) {
    return switch (modelType.toLowerCase(Locale.ROOT)) {
      case "audio-spectrogram-transformer" -> AstFrontEnd.TYPE;
      case "wav2vec2", "hubert", "wavlm", "unispeech", "unispeech-sat", "data2vec-audio", "sew" ->
          Wav2Vec2FrontEnd.TYPE;
      case "whisper" -> WhisperFrontEnd.TYPE;
      default -> "";
    };
  }
}
