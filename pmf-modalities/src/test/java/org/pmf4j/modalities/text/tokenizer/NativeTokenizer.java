package org.pmf4j.modalities.text.tokenizer;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.stream.LongStream;
import org.pmf4j.modalities.directory.SettingsFiles;

/** The tokenizers library itself, as a judge. It must not be given what makes it panic. */
final class NativeTokenizer implements AutoCloseable {
  private final HuggingFaceTokenizer tokenizer;

  NativeTokenizer(Object json) {
    System.setProperty("ai.djl.offline", "true");
    Map<String, String> options =
        Map.of("addSpecialTokens", "true", "truncation", "false", "padding", "false");
    try (ByteArrayInputStream in = new ByteArrayInputStream(SettingsFiles.toJson(json))) {
      tokenizer = HuggingFaceTokenizer.newInstance(in, options);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Encoded encode(String text) {
    Encoding encoding = tokenizer.encode(text);
    return new Encoded(ints(encoding.getIds()), ints(encoding.getTypeIds()));
  }

  private static int[] ints(long[] values) {
    return LongStream.of(values).mapToInt(Math::toIntExact).toArray();
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
