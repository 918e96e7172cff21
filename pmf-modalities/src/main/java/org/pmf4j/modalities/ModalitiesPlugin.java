package org.pmf4j.modalities;

import java.util.List;
import org.pmf4j.api.encoder.EncoderFamily;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.plugin.PmfPlugin;
import org.pmf4j.modalities.audio.AudioModality;
import org.pmf4j.modalities.family.BertFamily;
import org.pmf4j.modalities.family.VitFamily;
import org.pmf4j.modalities.image.ImageModality;
import org.pmf4j.modalities.text.TextModality;

/** Brings images, text and audio, and the encoder families ViT and BERT. */
public final class ModalitiesPlugin implements PmfPlugin {
  @Override
  public String name() {
    return "modalities";
  }

  @Override
  public List<Modality> modalities() {
    return List.of(new ImageModality(), new TextModality(), new AudioModality());
  }

  @Override
  public List<EncoderFamily> encoderFamilies() {
    return List.of(new VitFamily(), new BertFamily());
  }
}
