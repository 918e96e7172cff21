package org.pmf4j.modalities;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.pmf4j.api.encoder.EncoderFamily;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.plugin.PmfPlugin;

class ModalitiesPluginTest {
  @Test
  void theServiceLoaderFindsThePluginAndWhatItBrings() {
    PmfPlugin plugin =
        ServiceLoader.load(PmfPlugin.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(ModalitiesPlugin.class::isInstance)
            .findFirst()
            .orElseThrow();
    assertThat(plugin.modalities())
        .extracting(Modality::name)
        .containsExactly("image", "text", "audio");
    assertThat(plugin.encoderFamilies())
        .extracting(EncoderFamily::modelType)
        .containsExactly("vit", "bert");
    assertThat(plugin.encoderFamilies())
        .extracting(EncoderFamily::modality)
        .containsExactly("image", "text");
  }
}
