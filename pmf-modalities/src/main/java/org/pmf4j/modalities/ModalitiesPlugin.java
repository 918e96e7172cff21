package org.pmf4j.modalities;

import java.util.List;
import java.util.stream.Stream;
import org.pmf4j.api.encoder.EncoderFamily;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.plugin.PmfPlugin;
import org.pmf4j.modalities.audio.AudioModality;
import org.pmf4j.modalities.directory.ModelHalf;
import org.pmf4j.modalities.family.AstFamily;
import org.pmf4j.modalities.family.BeitFamily;
import org.pmf4j.modalities.family.BertFamily;
import org.pmf4j.modalities.family.CheckedFamily;
import org.pmf4j.modalities.family.ClipFamily;
import org.pmf4j.modalities.family.ClipTextFamily;
import org.pmf4j.modalities.family.DebertaFamily;
import org.pmf4j.modalities.family.DeitFamily;
import org.pmf4j.modalities.family.Dinov2Family;
import org.pmf4j.modalities.family.Dinov3Family;
import org.pmf4j.modalities.family.DistilBertFamily;
import org.pmf4j.modalities.family.ElectraFamily;
import org.pmf4j.modalities.family.FtTransformerFamily;
import org.pmf4j.modalities.family.Gpt2Family;
import org.pmf4j.modalities.family.HalfFamily;
import org.pmf4j.modalities.family.LlamaFamily;
import org.pmf4j.modalities.family.ModernBertFamily;
import org.pmf4j.modalities.family.MpnetFamily;
import org.pmf4j.modalities.family.RobertaFamily;
import org.pmf4j.modalities.family.SiglipFamily;
import org.pmf4j.modalities.family.SiglipTextFamily;
import org.pmf4j.modalities.family.SwinFamily;
import org.pmf4j.modalities.family.T5Family;
import org.pmf4j.modalities.family.VideoMaeFamily;
import org.pmf4j.modalities.family.VitFamily;
import org.pmf4j.modalities.family.VitMaeFamily;
import org.pmf4j.modalities.family.Wav2Vec2ConformerFamily;
import org.pmf4j.modalities.family.Wav2Vec2Family;
import org.pmf4j.modalities.family.WhisperFamily;
import org.pmf4j.modalities.image.ImageModality;
import org.pmf4j.modalities.tabular.TabularModality;
import org.pmf4j.modalities.text.TextModality;
import org.pmf4j.modalities.video.VideoModality;

/**
 * Brings images, texts, audio, videos and rows of tables, and their encoder families. Immutable, so
 * that any number of threads may share it.
 */
public final class ModalitiesPlugin implements PmfPlugin {
  @Override
  public String name() {
    return "modalities";
  }

  @Override
  public int apiVersion() {
    return API_VERSION;
  }

  @Override
  public List<Modality> modalities() {
    return List.of(
        new ImageModality(),
        new TextModality(),
        new AudioModality(),
        new VideoModality(),
        new TabularModality());
  }

  @Override
  public List<EncoderFamily> encoderFamilies() {
    return Stream.concat(alone().map(CheckedFamily::new), halves()).toList();
  }

  private static Stream<EncoderFamily> alone() {
    return Stream.of(
        new VitFamily(),
        new DeitFamily(),
        Dinov2Family.plain(),
        Dinov2Family.withRegisters(),
        new Dinov3Family(),
        new VitMaeFamily(),
        new BeitFamily(),
        SwinFamily.one(),
        SwinFamily.two(),
        new BertFamily(),
        new RobertaFamily("roberta"),
        new RobertaFamily("xlm-roberta"),
        new DistilBertFamily(),
        new ElectraFamily(),
        new MpnetFamily(),
        new ModernBertFamily(),
        new LlamaFamily("llama"),
        new LlamaFamily("mistral"),
        new LlamaFamily("qwen2"),
        new LlamaFamily("qwen3"),
        new Gpt2Family(),
        new T5Family(),
        new DebertaFamily(),
        new AstFamily(),
        new Wav2Vec2Family("wav2vec2"),
        new Wav2Vec2Family("hubert"),
        new Wav2Vec2Family("wavlm"),
        new Wav2Vec2ConformerFamily(),
        new WhisperFamily(),
        new VideoMaeFamily(),
        new FtTransformerFamily());
  }

  /** Of models that encode texts and images. */
  private static Stream<EncoderFamily> halves() {
    return Stream.of(
            HalfFamily.of(ModelHalf.CLIP_TEXT, new ClipTextFamily()),
            HalfFamily.of(ModelHalf.CLIP_IMAGE, new ClipFamily()),
            HalfFamily.of(ModelHalf.SIGLIP_TEXT, new SiglipTextFamily()),
            HalfFamily.of(ModelHalf.SIGLIP_IMAGE, new SiglipFamily()))
        .flatMap(families -> families);
  }
}
