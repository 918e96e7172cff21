package org.pmf4j.modalities;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.pmf4j.api.encoder.EncoderFamily;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.plugin.PmfPlugin;

class ModalitiesPluginTest {
  @Test
  void theServiceLoaderFindsThePluginAndWhatItBrings() {
    PmfPlugin plugin =
        ServiceLoader.load(PmfPlugin.class, getClass().getClassLoader()).stream()
            .map(ServiceLoader.Provider::get)
            .filter(ModalitiesPlugin.class::isInstance)
            .findFirst()
            .orElseThrow();
    assertThat(plugin.modalities())
        .extracting(Modality::name)
        .containsExactly("image", "text", "audio", "video", "tabular");
    assertThat(families(plugin, "video")).containsExactly("videomae");
    assertThat(families(plugin, "image"))
        .containsExactlyInAnyOrder(
            "vit",
            "deit",
            "dinov2",
            "dinov2_with_registers",
            "dinov3_vit",
            "vit_mae",
            "clip_vision_model",
            "clip",
            "siglip_vision_model",
            "siglip",
            "beit",
            "swin",
            "swinv2");
    assertThat(families(plugin, "text"))
        .containsExactlyInAnyOrder(
            "bert",
            "roberta",
            "xlm-roberta",
            "distilbert",
            "electra",
            "mpnet",
            "modernbert",
            "llama",
            "mistral",
            "qwen2",
            "qwen3",
            "gpt2",
            "t5",
            "clip_text_model",
            "clip",
            "siglip_text_model",
            "siglip",
            "deberta-v2");
    assertThat(families(plugin, "audio"))
        .containsExactlyInAnyOrder(
            "audio-spectrogram-transformer",
            "wav2vec2",
            "hubert",
            "wavlm",
            "wav2vec2-conformer",
            "whisper");
  }

  private static Stream<String> families(PmfPlugin plugin, String modality) {
    return plugin.encoderFamilies().stream()
        .filter(f -> f.modality().equals(modality))
        .map(EncoderFamily::modelType);
  }
}
