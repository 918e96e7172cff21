package org.pmf4j.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.data.Table;
import org.pmf4j.core.data.TableLocation;
import org.pmf4j.core.model.Classifier;
import org.pmf4j.core.model.FusedModel;
import org.pmf4j.core.model.Prediction;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.core.trunk.Trunks;
import org.pmf4j.export.engine.GraphSession;

/** Texts whose scores go by distance, beside sounds whose frames come from convolutions. */
@DisplayName("One graph serves every length of a text and of a sampled sound")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LengthExportTest {
  private static final long SEED = 1904;

  /** Of a sound, in samples; the shortest makes two frames, the longest fills a table of 40. */
  private static final int[] SAMPLES = {60, 61, 200, 333, 500, 790};

  private static final String[] TEXTS = {
    "red", "a shape", "a big red shape", "the small blue one", "a", "a big shape near a red one"
  };

  private Pmf pmf;

  @TempDir private Path folder;

  @BeforeAll
  void open() {
    pmf = Pmf.open("djl", BackendOptions.DEFAULT);
  }

  @AfterAll
  void close() {
    pmf.close();
  }

  @ParameterizedTest(name = "{0}: {1} and {2}")
  @CsvSource({
    "pmf, deberta-v3, wavlm-padded",
    "pmf, deberta-v2-convolution, conformer-padded",
    "pmf, deberta-v2-p2c, conformer-rotary-padded",
    "pmf, deberta-v2-c2p, wav2vec2-padded",
    "mbt, deberta-v3, wavlm-padded",
    "mmbt, deberta-v3, hubert",
    "mope, deberta-v2-own-projections, wavlm-stable",
    "pmf, llama, wav2vec2-stable",
    "pmf, modernbert, hubert-stable-ctc",
    "late-concat, deberta-v3, conformer-padded",
  })
  void servesEveryLength(String method, String text, String audio) throws IOException {
    Path table = table();
    Path model = folder.resolve("model");
    pmf.train(
        Fixtures.training(model, table)
            .encoder("text", text(text))
            .encoder("audio", audio(audio))
            .method(method)
            .build());
    ExportJob job = Fixtures.job(pmf, Fixtures.request(model, folder.resolve("out")));
    List<Example> rows =
        job.saved()
            .read(TableLocation.of(table), Table.Labelled.REQUIRED, Set.of(), Progress.SILENT);
    ExportReport report = job.run(Optional.of(new ExportJob.Data("table", rows)), Progress.SILENT);

    assertThat(report.graphs())
        .allSatisfy(
            g -> {
              assertThat(g.agreement().largest()).isLessThan(ExportJob.TOLERANCE);
              assertThat(g.file().graph().batchIsOpen()).isTrue();
              assertThat(g.file().graph().inputs().values())
                  .allSatisfy(in -> assertThat(in.length()).isEqualTo(Shape.UNKNOWN));
            });
    agreesRowByRow(model, rows);
  }

  private void agreesRowByRow(Path model, List<Example> rows) {
    try (Classifier classifier = pmf.load(model);
        FusedModel prepares = pmf.saved(model, Map.of()).assemble();
        Trunks trunks = prepares.trunks();
        GraphSession session = GraphSession.open(folder.resolve("out/text+audio.onnx"))) {
      for (int i = 0; i < rows.size(); i++) {
        Named<HostTensor> alone = inputs(trunks, rows.get(i));
        // Alone here too: some encoders of sounds norm over time, padding included
        Prediction expected = classifier.predict(rows.subList(i, i + 1), Progress.SILENT).get(0);
        assertThat(session.run(alone).get("logits").floats())
            .as("row %d, seed %d", i, SEED)
            // Sums are taken in another order
            .containsExactly(expected.logits(), within((float) ExportJob.TOLERANCE));
      }
    }
  }

  private static Named<HostTensor> inputs(Trunks trunks, Example row) {
    var batch = trunks.prepare(List.of(row));
    return batch
        .encoderInput("text")
        .prefixed("text.")
        .with(batch.encoderInput("audio").prefixed("audio."));
  }

  private Path text(String name) throws IOException {
    Path encoder = encoder("text", name);
    Path words = Fixtures.root().resolve("pmf/encoders/text-16");
    for (String file : List.of("tokenizer.json", "tokenizer_config.json", "vocab.txt")) {
      Files.copy(words.resolve(file), encoder.resolve(file));
    }
    return encoder;
  }

  private Path audio(String name) throws IOException {
    Path encoder = encoder("audio", name);
    Files.writeString(
        encoder.resolve("preprocessor_config.json"),
        """
        {"feature_extractor_type": "Wav2Vec2FeatureExtractor", "sampling_rate": 16000,
         "do_normalize": true, "return_attention_mask": true}
        """);
    return encoder;
  }

  private Path encoder(String modality, String name) throws IOException {
    Path from = Fixtures.root().resolve("encoders").resolve(name);
    Path to = Files.createDirectory(folder.resolve(modality));
    for (String file : List.of("config.json", "model.safetensors")) {
      Files.copy(from.resolve(file), to.resolve(file));
    }
    return to;
  }

  private Path table() throws IOException {
    List<String> lines = new ArrayList<>(List.of("text,audio,label"));
    Random random = new Random(SEED);
    for (int i = 0; i < SAMPLES.length; i++) {
      sound(folder.resolve(i + ".wav"), SAMPLES[i], random);
      lines.add(TEXTS[i] + "," + i + ".wav," + (i % 2 == 0 ? "yes" : "no"));
    }
    return Files.write(folder.resolve("table.csv"), lines);
  }

  private static void sound(Path file, int samples, Random random) throws IOException {
    byte[] noise = new byte[2 * samples];
    random.nextBytes(noise);
    AudioFormat format = new AudioFormat(16_000, 16, 1, true, false);
    AudioInputStream stream =
        new AudioInputStream(new ByteArrayInputStream(noise), format, samples);
    AudioSystem.write(stream, AudioFileFormat.Type.WAVE, file.toFile());
  }
}
