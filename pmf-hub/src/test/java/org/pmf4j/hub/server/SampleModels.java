package org.pmf4j.hub.server;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Models whose bytes are the same at each run, so that what others recorded of them holds. */
public final class SampleModels {
  /** The first commit of the samples. */
  public static final String FIRST = "1111111111111111111111111111111111111111";

  /** The second one. */
  public static final String SECOND = "2222222222222222222222222222222222222222";

  /** Bytes of the weights. */
  public static final int WEIGHTS = 300_000;

  private SampleModels() {}

  /** A text model with files that no encoder needs beside those that it does. */
  public static Map<String, HubFile> text() {
    Map<String, HubFile> files = new LinkedHashMap<>();
    files.put(
        ".gitattributes", HubFile.small("*.safetensors filter=lfs diff=lfs merge=lfs -text\n"));
    files.put("README.md", HubFile.small("# A model\n"));
    files.put("config.json", HubFile.small("{\"model_type\": \"bert\"}\n"));
    files.put("tokenizer_config.json", HubFile.small("{\"do_lower_case\": true}\n"));
    files.put("vocab.txt", HubFile.small("[PAD]\n[UNK]\n[CLS]\n[SEP]\ncat\n"));
    files.put("model.safetensors", HubFile.large(weights(1)));
    files.put("pytorch_model.bin", HubFile.large(weights(2)));
    files.put("onnx/model.onnx", HubFile.large(weights(3)));
    return files;
  }

  /** A model whose weights are in two shards. */
  public static Map<String, HubFile> sharded() {
    Map<String, HubFile> files = new LinkedHashMap<>(text());
    byte[] all = files.remove("model.safetensors").content();
    files.put("model-00001-of-00002.safetensors", HubFile.large(Arrays.copyOf(all, 100_000)));
    files.put(
        "model-00002-of-00002.safetensors",
        HubFile.large(Arrays.copyOfRange(all, 100_000, all.length)));
    files.put(
        "model.safetensors.index.json",
        HubFile.small(
            "{\"weight_map\": {\"a\": \"model-00001-of-00002.safetensors\","
                + " \"b\": \"model-00002-of-00002.safetensors\","
                + " \"c\": \"model-00002-of-00002.safetensors\"}}"));
    return files;
  }

  private static byte[] weights(long seed) {
    byte[] bytes = new byte[WEIGHTS];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
