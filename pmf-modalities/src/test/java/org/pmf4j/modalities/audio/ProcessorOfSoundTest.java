package org.pmf4j.modalities.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pmf4j.api.error.PmfException;

@DisplayName("An encoder of sound has the feature extractor that its files name, or its family's")
class ProcessorOfSoundTest {
  private static final String ALONE = "preprocessor_config.json";
  private static final String WHOLE = "processor_config.json";

  @TempDir private Path folder;

  private String settings(String modelType) {
    return new AudioModality().preprocessor(folder, modelType).fingerprint();
  }

  private ProcessorOfSoundTest file(String name, String json) throws IOException {
    Files.writeString(folder.resolve(name), json);
    return this;
  }

  @ParameterizedTest
  @CsvSource({
    "audio-spectrogram-transformer, ASTFeatureExtractor",
    "wav2vec2, Wav2Vec2FeatureExtractor",
    "hubert, Wav2Vec2FeatureExtractor",
    "whisper, WhisperFeatureExtractor",
  })
  void aSilentFileHasItsFamilys(String modelType, String type) throws IOException {
    String silent = file(ALONE, "{}").settings(modelType);
    assertThat(file(ALONE, "{\"feature_extractor_type\": \"" + type + "\"}").settings("other"))
        .isEqualTo(silent);
  }

  @Test
  void theTypeOfAnotherFamilyIsHonoured() throws IOException {
    String whispers = file(ALONE, "{}").settings("whisper");
    String named = "{\"feature_extractor_type\": \"WhisperFeatureExtractor\"}";
    assertThat(file(ALONE, named).settings("wav2vec2")).isEqualTo(whispers);
    assertThat(file(ALONE, "{}").file("config.json", named).settings("wav2vec2"))
        .isEqualTo(whispers);
  }

  @ParameterizedTest
  @CsvSource({"feature_extractor", "audio_processor"})
  void aPartOfTheWholeProcessorIsRead(String part) throws IOException {
    String alone = file(ALONE, "{\"do_normalize\": false}").settings("wav2vec2");
    Files.delete(folder.resolve(ALONE));
    file(WHOLE, "{\"" + part + "\": {\"do_normalize\": false}, \"processor_class\": \"x\"}");
    assertThat(settings("wav2vec2")).isEqualTo(alone);
    assertThat(file(ALONE, "{\"do_normalize\": true}").settings("wav2vec2")).isEqualTo(alone);
  }

  @Test
  void aWholeProcessorWithoutThePartIsNone() throws IOException {
    file(WHOLE, "{\"processor_class\": \"WhisperProcessor\"}");
    assertThatThrownBy(() -> settings("whisper"))
        .isInstanceOf(PmfException.class)
        .hasMessage(
            folder
                + ": preprocessor_config.json is missing, and processor_config.json has no"
                + " \"feature_extractor\"; save the encoder's feature extractor there, for example"
                + " by WhisperFeatureExtractor.from_pretrained(MODEL).save_pretrained(DIR), MODEL"
                + " being what the encoder was made from");
  }

  @Test
  void stringsAndRefusalsOfThePartNameIt() throws IOException {
    file(WHOLE, "{\"feature_extractor\": {\"padding_side\": \"left\"}}");
    assertThatThrownBy(() -> settings("wav2vec2"))
        .hasMessage(
            folder.resolve(WHOLE)
                + " feature_extractor: \"padding_side\" is left: padding must stand on the right,"
                + " as in training; set it to right");
    file(WHOLE, "{\"feature_extractor\": \"Wav2Vec2FeatureExtractor\"}");
    assertThatThrownBy(() -> settings("wav2vec2"))
        .hasMessageContaining("\"feature_extractor\" must be an object, found Wav2Vec2");
  }
}
