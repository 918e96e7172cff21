package org.pmf4j.modalities.text;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.pmf4j.api.backend.BackendFactory;
import org.pmf4j.api.encoder.EncoderFamily;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.modality.Source;
import org.pmf4j.modalities.family.BertFamily;
import org.pmf4j.testkit.modality.ModalityConformance;
import org.pmf4j.testkit.plain.PlainBackendFactory;

@DisplayName("Texts")
class TextConformanceTest extends ModalityConformance {
  @Override
  protected Modality modality() {
    return new TextModality();
  }

  @Override
  protected EncoderFamily family() {
    return new BertFamily();
  }

  @Override
  protected void writeEncoder(Path folder) {
    pretrain(folder, Map.of("max-length", 12));
  }

  @Override
  protected void writeOtherEncoder(Path folder) {
    pretrain(folder, Map.of("max-length", 6));
  }

  /** One word, a sentence, and more than the encoder takes. */
  @Override
  protected List<Source> samples(Path folder) {
    return List.of(
        new Source.Text("mug"),
        new Source.Text("The blue mug, chipped."),
        new Source.Text("It fits well, and it came in time. ".repeat(4)));
  }

  /** Any text is one: only files are not. */
  @Override
  protected List<Source> badSources(Path folder) {
    return List.of();
  }

  @Override
  protected BackendFactory backend() {
    return new PlainBackendFactory();
  }
}
