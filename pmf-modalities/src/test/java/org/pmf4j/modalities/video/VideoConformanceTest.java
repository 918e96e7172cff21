package org.pmf4j.modalities.video;

import java.nio.charset.StandardCharsets;
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
import org.pmf4j.modalities.family.VideoMaeFamily;
import org.pmf4j.testkit.modality.ModalityConformance;
import org.pmf4j.testkit.plain.PlainBackendFactory;

@DisplayName("Videos")
class VideoConformanceTest extends ModalityConformance {
  @Override
  protected Modality modality() {
    return new VideoModality();
  }

  @Override
  protected EncoderFamily family() {
    return new VideoMaeFamily();
  }

  @Override
  protected void writeEncoder(Path folder) {
    pretrain(folder, Map.of("image-size", 16, "patch-size", 8, "frames", 4));
  }

  @Override
  protected void writeOtherEncoder(Path folder) {
    pretrain(folder, Map.of("image-size", 16, "patch-size", 8, "frames", 6));
  }

  @Override
  protected List<Source> samples(Path folder) {
    return List.of(
        new Source.File(Videos.file(folder, "pillow.gif")),
        new Source.File(Videos.file(folder, "random07.webp")),
        new Source.File(Videos.file(folder, "one.gif")),
        new Source.File(
            Videos.folder(folder.resolve("frames"), List.of("grey.png", "rgb.jpg", "rgb.png"))));
  }

  @Override
  protected List<Source> badSources(Path folder) {
    SettingsFiles files = new SettingsFiles(folder);
    byte[] whole = Videos.bytes("pillow.gif");
    files.write("cut.gif", Arrays.copyOf(whole, whole.length / 3));
    files.write("empty.gif", new byte[0]);
    Path mixed = Videos.folder(folder.resolve("mixed"), List.of("grey.png"));
    new SettingsFiles(mixed).write("notes.txt", "no picture".getBytes(StandardCharsets.UTF_8));
    return List.of(
        new Source.File(folder.resolve("cut.gif")),
        new Source.File(folder.resolve("empty.gif")),
        new Source.File(mixed),
        new Source.Bytes("in memory", new byte[] {1, 2, 3}),
        new Source.Text("a cat that runs"));
  }

  @Override
  protected BackendFactory backend() {
    return new PlainBackendFactory();
  }
}
