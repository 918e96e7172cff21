package org.pmf4j.modalities.text;

import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.file.Fingerprint;
import org.pmf4j.api.modality.LengthLimit;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.api.modality.Source;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.modalities.directory.ModelHalf;
import org.pmf4j.modalities.directory.SettingsFiles;
import org.pmf4j.modalities.text.tokenizer.Encoded;
import org.pmf4j.modalities.text.tokenizer.Tokenizer;

/**
 * From a text to {@code input_ids}, {@code attention_mask} and, where the encoder takes them,
 * {@code token_type_ids}: INT64 [N].
 */
final class TextPreprocessor implements Preprocessor {
  static final String IDS = "input_ids";
  static final String TYPES = "token_type_ids";
  static final String MASK = "attention_mask";

  private final Tokenizer tokenizer;
  private final String file;
  private final TextLimits limits;
  private final Filling filling;
  private final int positions;
  private final Prompt prompt;
  private final String fingerprint;

  private TextPreprocessor(
      TokenizerFile file, TextLimits limits, EncoderConfig encoder, Prompt prompt) {
    this.tokenizer = file.tokenizer();
    this.file = file.source();
    this.limits = limits;
    this.filling = Filling.of(encoder, file, limits);
    this.positions = ModelInputs.of(encoder).positions();
    this.prompt = prompt;
    List<String> parts =
        new ArrayList<>(
            List.of(
                filling.name("text preprocessing 2"), file.json().toString(), limits.toString()));
    if (!prompt.text().isEmpty()) {
      parts.add("prompt " + prompt.text());
    }
    this.fingerprint = Fingerprint.ofParts(parts.toArray(String[]::new));
  }

  static TextPreprocessor of(SettingsFiles directory, TextSettings settings) {
    EncoderConfig encoder =
        ModelHalf.ofTexts(
            directory.require(
                "config.json", "this is no encoder's directory in the Hugging Face layout"));
    SentenceSettings sentences = new SentenceSettings(directory);
    TokenizerFile file = TokenizerFile.read(directory, encoder, settings.lowerCase(sentences));
    TextLimits limits = TextLimits.of(encoder, file, settings.maxLength(), sentences);
    Prompt prompt = Prompt.of(settings.prompt(sentences), file.tokenizer(), limits);
    return new TextPreprocessor(file, limits, encoder, prompt);
  }

  @Override
  public Named<HostTensor> prepare(Source source) {
    Encoded text = tokenizer.encode(whole(source), limits.longest(), limits.fromLeft());
    limits.check(text.ids(), file);
    if (text.ids().length <= prompt.tokens() && filling.shortest() == 0) {
      throw PmfException.input(
          file
              + (prompt.tokens() > 0
                  ? ": of this text nothing is left beside the prompt; choose prompt=none"
                  : ": a text that is empty has no tokens here, as the tokenizer sets none around"
                      + " it; give it a character, or leave it out where rows may lack it"));
    }
    int[] ids = filling.apply(text.ids(), limits.padding());
    int[] mask = new int[ids.length];
    Arrays.fill(mask, 1);
    Map<String, HostTensor> inputs = new LinkedHashMap<>();
    inputs.put(IDS, vector(ids));
    if (limits.tokenTypes()) {
      inputs.put(TYPES, vector(filling.apply(text.types(), 0)));
    }
    inputs.put(MASK, vector(mask));
    return Named.of(inputs);
  }

  /** With the prompt. */
  private String whole(Source source) {
    return prompt.text() + text(source);
  }

  /** The text of a source. */
  static String text(Source source) {
    if (source instanceof Source.Text t) {
      return t.text();
    }
    if (source instanceof Source.Bytes b) {
      return new String(b.bytes(), StandardCharsets.UTF_8);
    }
    throw PmfException.input(source.describe() + ": a text is given itself, not as a file");
  }

  private static HostTensor vector(int[] values) {
    return HostTensor.of(Arrays.stream(values).asLongStream().toArray(), values.length);
  }

  @Override
  public Named<HostTensor> collate(List<Named<HostTensor>> samples) {
    int longest = samples.stream().mapToInt(this::length).max().orElseThrow();
    Map<String, HostTensor> batch = new LinkedHashMap<>();
    for (String name : samples.get(0).names()) {
      int filler = name.equals(IDS) ? limits.padding() : 0;
      batch.put(name, padded(samples.stream().map(s -> s.get(name)).toList(), longest, filler));
    }
    return Named.of(batch);
  }

  private static HostTensor padded(List<HostTensor> rows, int longest, int filler) {
    ByteBuffer bytes = HostTensor.direct(Math.multiplyExact(rows.size(), longest), DType.INT64);
    LongBuffer out = bytes.asLongBuffer();
    for (HostTensor row : rows) {
      out.put(row.data().asLongBuffer());
      for (long i = row.shape().size(); i < longest; i++) {
        out.put(filler);
      }
    }
    return new HostTensor(Shape.of(rows.size(), longest), DType.INT64, bytes);
  }

  @Override
  public int length(Named<HostTensor> sample) {
    return (int) sample.get(IDS).shape().size();
  }

  @Override
  public Optional<LengthLimit> lengthLimit() {
    return Optional.of(
        new LengthLimit(
            "texts", limits.longest(), "tokens", MaxLength.NAME, positions, this::isCut));
  }

  private boolean isCut(Source source) {
    int more = limits.longest() + 1;
    return tokenizer.encode(whole(source), more, false).ids().length == more;
  }

  @Override
  public int promptTokens() {
    return prompt.tokens();
  }

  @Override
  public String fingerprint() {
    return fingerprint;
  }

  /** There is nothing to free: a preprocessor works on after it. */
  @Override
  public void close() {}
}
