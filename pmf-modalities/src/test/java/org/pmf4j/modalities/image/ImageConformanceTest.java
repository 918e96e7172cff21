package org.pmf4j.modalities.image;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.pmf4j.api.backend.BackendFactory;
import org.pmf4j.api.encoder.EncoderFamily;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.modality.Source;
import org.pmf4j.modalities.Fixtures;
import org.pmf4j.modalities.directory.SettingsFiles;
import org.pmf4j.modalities.family.VitFamily;
import org.pmf4j.testkit.modality.ModalityConformance;
import org.pmf4j.testkit.plain.PlainBackendFactory;

@DisplayName("Images")
class ImageConformanceTest extends ModalityConformance {
  @Override
  protected Modality modality() {
    return new ImageModality();
  }

  @Override
  protected EncoderFamily family() {
    return new VitFamily();
  }

  @Override
  protected void writeEncoder(Path folder) {
    pretrain(folder, Map.of("image-size", 16, "patch-size", 8));
  }

  @Override
  protected void writeOtherEncoder(Path folder) {
    pretrain(folder, Map.of("image-size", 32, "patch-size", 8));
  }

  @Override
  protected List<Source> samples(Path folder) {
    return Stream.of("grey.jpg", "exif6.png", "lossy.webp", "palette.gif")
        .<Source>map(name -> new Source.File(Fixtures.path("images/" + name)))
        .toList();
  }

  @Override
  protected List<Source> badSources(Path folder) {
    SettingsFiles files = new SettingsFiles(folder);
    byte[] whole = new SettingsFiles(Fixtures.path("images")).bytes("grey.jpg");
    files.write("cut.jpg", Arrays.copyOf(whole, whole.length / 3));
    files.write("text.png", "no picture".getBytes(StandardCharsets.UTF_8));
    files.write("empty.png", new byte[0]);
    return List.of(
        new Source.File(folder.resolve("cut.jpg")),
        new Source.File(folder.resolve("text.png")),
        new Source.File(folder.resolve("empty.png")),
        new Source.Bytes("in memory", new byte[] {1, 2, 3}),
        new Source.Text("a cat"));
  }

  @Override
  protected BackendFactory backend() {
    return new PlainBackendFactory();
  }
}
