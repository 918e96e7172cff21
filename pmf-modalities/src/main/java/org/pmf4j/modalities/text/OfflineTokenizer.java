package org.pmf4j.modalities.text;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Pattern;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.modalities.directory.EncoderDirectory;

/** The native tokenizers library, loaded when it is first needed and kept from the network. */
final class OfflineTokenizer implements AutoCloseable {
  private static final Pattern HALF_A_CHARACTER = Pattern.compile("\\p{Cs}");

  private final HuggingFaceTokenizer tokenizer;

  private OfflineTokenizer(HuggingFaceTokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /**
   * Loads a tokenizer.
   *
   * @param source its file, for messages
   * @param json in the format of tokenizer.json
   * @param longest the most tokens of one text, special ones included
   */
  static OfflineTokenizer load(String source, JsonNode json, int longest) {
    stayOffline();
    Map<String, String> options =
        Map.of(
            "addSpecialTokens", "true",
            "truncation", "true",
            "padding", "false",
            "maxLength", Integer.toString(longest),
            "modelMaxLength", Integer.toString(longest));
    try (ByteArrayInputStream in = new ByteArrayInputStream(EncoderDirectory.toJson(json))) {
      return new OfflineTokenizer(HuggingFaceTokenizer.newInstance(in, options));
    } catch (IOException | RuntimeException e) {
      throw PmfException.input(
          source + ": is not a tokenizer that the tokenizers library reads: " + e.getMessage(), e);
    } catch (UnsatisfiedLinkError e) {
      throw PmfException.environment(
          "the tokenizers library cannot be loaded: " + e.getMessage(), e);
    }
  }

  /** Without this property the library reports its use over the network. */
  private static synchronized void stayOffline() {
    if (System.getProperty("ai.djl.offline") == null) {
      System.setProperty("ai.djl.offline", "true");
    }
  }

  /**
   * Cuts a text, special tokens added, to the longest length. Several threads may do so at once.
   */
  Encoding encode(String text) {
    return tokenizer.encode(HALF_A_CHARACTER.matcher(text).replaceAll("\uFFFD"));
  }

  /** The version of the native library. */
  String version() {
    return tokenizer.getVersion();
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
