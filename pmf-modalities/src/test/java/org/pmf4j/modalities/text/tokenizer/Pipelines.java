package org.pmf4j.modalities.text.tokenizer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.pmf4j.modalities.Fixtures;
import org.pmf4j.modalities.directory.SettingsFiles;

/** Tokenizers for tests. */
final class Pipelines {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Pipelines() {}

  static ObjectNode json(String name) {
    return new SettingsFiles(Fixtures.path("pipelines")).object(name + ".json");
  }

  static Tokenizer tokenizer(String name) {
    return Tokenizer.read(name + ".json", json(name), false);
  }

  static ObjectNode parse(String json) {
    try {
      return (ObjectNode) JSON.readTree(json.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(json, e);
    }
  }

  /** A tokenizer of steps that stand there in JSON with single quotes. */
  static Tokenizer of(String normalizer, String preTokenizer, String model) {
    ObjectNode root = parse("{}");
    if (!normalizer.isEmpty()) {
      root.set("normalizer", parse(normalizer));
    }
    if (!preTokenizer.isEmpty()) {
      root.set("pre_tokenizer", parse(preTokenizer));
    }
    root.set("model", parse(model));
    return Tokenizer.read("t.json", root, false);
  }

  /** The words that steps cut a text into. */
  static List<String> words(String normalizer, String preTokenizer, String text) {
    String model = "{'type':'WordLevel','vocab':{'a':0},'unk_token':'a'}";
    return of(normalizer, preTokenizer, model).words(text);
  }
}
