package org.pmf4j.modalities.audio;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.pmf4j.api.backend.BackendFactory;
import org.pmf4j.api.encoder.EncoderFamily;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.modality.Source;
import org.pmf4j.modalities.directory.SettingsFiles;
import org.pmf4j.modalities.family.AstFamily;
import org.pmf4j.testkit.modality.ModalityConformance;
import org.pmf4j.testkit.plain.PlainBackendFactory;

@DisplayName("Sound")
class AudioConformanceTest extends ModalityConformance {
  private static final Map<String, Integer> SIZES =
      Map.of("mel-bins", 16, "max-length", 64, "patch-size", 8, "patch-stride", 8);

  @Override
  protected Modality modality() {
    return new AudioModality();
  }

  @Override
  protected EncoderFamily family() {
    return new AstFamily();
  }

  @Override
  protected void writeEncoder(Path folder) {
    pretrain(folder, SIZES);
  }

  @Override
  protected void writeOtherEncoder(Path folder) {
    pretrain(folder, Map.of("mel-bins", 8, "max-length", 64, "patch-size", 8));
  }

  @Override
  protected List<Source> samples(Path folder) {
    return List.of(Clips.source("slow.wav"), Clips.source("speech.wav"), Clips.source("fast.wav"));
  }

  @Override
  protected List<Source> badSources(Path folder) {
    SettingsFiles files = new SettingsFiles(folder);
    byte[] whole = Clips.bytes("speech.wav");
    files.write("header.wav", Arrays.copyOf(whole, 20));
    files.write("text.mp3", Clips.ascii("no sound"));
    files.write("empty.flac", new byte[0]);
    return List.of(
        new Source.File(folder.resolve("header.wav")),
        new Source.File(folder.resolve("text.mp3")),
        new Source.File(folder.resolve("empty.flac")),
        new Source.Bytes("in memory", new byte[] {1, 2, 3}),
        new Source.Text("a word"));
  }

  @Override
  protected BackendFactory backend() {
    return new PlainBackendFactory();
  }
}
