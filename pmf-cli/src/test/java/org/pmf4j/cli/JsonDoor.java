package org.pmf4j.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.pmf4j.bench.json.JsonFile;
import org.pmf4j.core.checkpoint.EncoderFiles;
import org.pmf4j.core.data.Table;
import org.pmf4j.core.encoder.EncoderDirectory;
import org.pmf4j.core.model.ModelDirectory;
import org.pmf4j.core.plugin.PluginRegistry;

/** A place through which JSON comes in, with a file that it accepts and spots to change in it. */
enum JsonDoor {
  CONFIG("config.json", "model_type", "hidden_size") {
    @Override
    String good(Path folder) throws IOException {
      return copied(FixtureSamples.TEXT_ENCODER, folder)
          .replaceFirst("\\{", "{\"unknown\": <any>,")
          .replace("\"hidden_size\": 16", "\"hidden_size\": <16>")
          .replace("\"model_type\": \"bert\"", "\"model_type\": \"<bert>\"");
    }

    @Override
    void read(Path folder) {
      EncoderDirectory directory = EncoderDirectory.open(folder);
      directory.families(PLUGINS).get("text").shape(directory.config());
    }
  },

  ADAPTER_CONFIG("adapter_config.json", "written_by", "total_parameters") {
    @Override
    String good(Path folder) throws IOException {
      return copied(FixtureSamples.ROOT.resolve("../../golden/djl/whole"), folder)
          .replace("\"total_parameters\" : 16102", "\"total_parameters\" : <16102>")
          .replace("\"PMF for Java 0.1.0-SNAPSHOT\"", "\"<PMF for Java>\"");
    }

    @Override
    void read(Path folder) {
      new ModelDirectory(folder).readConfig();
    }
  },

  PREPROCESSOR_CONFIG("preprocessor_config.json", "image_processor_type", "rescale_factor") {
    @Override
    String good(Path folder) throws IOException {
      return copied(FixtureSamples.IMAGE_ENCODER, folder)
          .replaceFirst("\\{", "{\"unknown\": <any>,")
          .replace("0.00392156862745098", "<0.00392156862745098>")
          .replace("\"ViTImageProcessor\"", "\"<ViTImageProcessor>\"");
    }

    @Override
    void read(Path folder) {
      PLUGINS.modalities().get("image").preprocessor(folder, "vit").close();
    }
  },

  TOKENIZER("tokenizer.json", "content", "id") {
    @Override
    String good(Path folder) throws IOException {
      return copied(FixtureSamples.TEXT_ENCODER, folder)
          .replace("\"padding\": null", "\"padding\": {\"pad_id\": <any>}")
          .replaceFirst("\"id\": 0", "\"id\": <0>")
          .replaceFirst("\"content\": \"\\[PAD\\]\"", "\"content\": \"<[PAD]>\"");
    }

    @Override
    void read(Path folder) {
      prepareTexts(folder);
    }
  },

  TOKENIZER_CONFIG("tokenizer_config.json", "cls_token", "model_max_length") {
    @Override
    String good(Path folder) throws IOException {
      return copied(FixtureSamples.TEXT_ENCODER, folder)
          .replaceFirst("\\{", "{\"unknown\": <any>,")
          .replace("\"model_max_length\": 24", "\"model_max_length\": <24>")
          .replace("\"cls_token\": \"[CLS]\"", "\"cls_token\": \"<[CLS]>\"");
    }

    @Override
    void read(Path folder) {
      prepareTexts(folder);
    }
  },

  SPECIAL_TOKENS_MAP("special_tokens_map.json", "cls_token", "") {
    @Override
    String good(Path folder) throws IOException {
      String good = copied(FixtureSamples.TEXT_ENCODER, folder);
      // With tokens in tokenizer_config.json, the map is not read
      Files.writeString(folder.resolve("tokenizer_config.json"), "{}");
      return good.replaceFirst("\\{", "{\"unknown\": <any>,").replace("\"[CLS]\"", "\"<[CLS]>\"");
    }

    @Override
    void read(Path folder) {
      prepareTexts(folder);
    }
  },

  ADDED_TOKENS("added_tokens.json", "new", "") {
    @Override
    String good(Path folder) throws IOException {
      copied(FixtureSamples.TEXT_ENCODER, folder, "config.json");
      Files.writeString(folder.resolve("tokenizer_config.json"), "{}");
      return "{\"<new>\": <49>}";
    }

    @Override
    void read(Path folder) {
      prepareTexts(folder);
    }
  },

  INDEX("model.safetensors.index.json", "embeddings.LayerNorm.bias", "") {
    @Override
    String good(Path folder) throws IOException {
      return copied(FixtureSamples.ROOT.resolve("../encoders/bert-sharded"), folder)
          .replaceFirst("\"total_size\": (\\d+)", "\"total_size\": <any>")
          .replaceFirst("(LayerNorm.bias\": )\"([^\"]+)\"", "$1\"<$2>\"");
    }

    @Override
    void read(Path folder) {
      EncoderFiles.of(folder).open().close();
    }
  },

  HEADER("model.safetensors", "", "data_offsets") {
    @Override
    String good(Path folder) {
      return "{\"a\": {\"dtype\": \"F32\", \"shape\": [1], \"data_offsets\": [0, <4>]}}";
    }

    @Override
    byte[] file(byte[] json) {
      return ByteBuffer.allocate(Long.BYTES + json.length + 4)
          .order(ByteOrder.LITTLE_ENDIAN)
          .putLong(json.length)
          .put(json)
          .array();
    }

    @Override
    void read(Path folder) {
      EncoderFiles.of(folder).open().close();
    }
  },

  JSON_LINES("rows.jsonl", "text", "label") {
    @Override
    String good(Path folder) {
      return ROW + "\n";
    }

    @Override
    void read(Path folder) {
      readTable(folder);
    }
  },

  LIST_OF_ROWS("rows.json", "text", "label") {
    @Override
    String good(Path folder) {
      return "[" + ROW + "]\n";
    }

    @Override
    void read(Path folder) {
      readTable(folder);
    }
  },

  BENCHMARK("figures.json", "", "") {
    @Override
    String good(Path folder) {
      return "{\"cells\": [{\"seconds\": <any>}]}\n";
    }

    @Override
    void read(Path folder) {
      JsonFile.read(folder.resolve(file), Map.class);
    }
  };

  private static final PluginRegistry PLUGINS =
      PluginRegistry.discover(JsonDoor.class.getClassLoader());
  private static final String ROW = "{\"text\": \"<words>\", \"other\": <any>, \"label\": <1>}";

  /** The file's name. */
  final String file;

  /** The key of a text that must have characters alone; blank where there is none. */
  final String text;

  /** The key of a number that must be finite; blank where there is none. */
  final String number;

  JsonDoor(String file, String text, String number) {
    this.file = file;
    this.text = text;
    this.number = number;
  }

  /**
   * Makes everything but the file.
   *
   * @return the file, with its spots in angle brackets: of a text in quotes, of a number, and
   *     {@code <any>} where nobody asks for what stands there
   */
  abstract String good(Path folder) throws IOException;

  /** Reads the file, and what goes with it. */
  abstract void read(Path folder);

  /** The bytes of a file that has this JSON. */
  byte[] file(byte[] json) {
    return json;
  }

  /** Writes the file, and reads it. */
  final void enter(Path folder, String json) throws IOException {
    Files.write(folder.resolve(file), file(json.getBytes(StandardCharsets.UTF_8)));
    read(folder);
  }

  /** A file's text without the marks of its spots. */
  static String plain(String marked) {
    return marked
        .replace("<any>", "1")
        .replaceAll("<(-?[0-9.]+)>", "$1")
        .replaceAll("\"<([^>]*)>\"", "\"$1\"");
  }

  /** With something in place of a value that nobody asks for. */
  static String withAny(String marked, String value) {
    return plain(marked.replace("<any>", value));
  }

  /** With something in place of a number that somebody asks for. */
  static String withNumber(String marked, String value) {
    return plain(marked.replaceFirst("<-?[0-9.]+>", value));
  }

  /** With something behind a text that somebody asks for. */
  static String withText(String marked, String end) {
    return plain(marked.replaceFirst("\"<([^>]*)>\"", "\"$1" + end + "\""));
  }

  final String copied(Path from, Path to) throws IOException {
    return copied(from, to, file);
  }

  static String copied(Path from, Path to, String name) throws IOException {
    FixtureSamples.copy(from, to);
    return Files.readString(to.resolve(name));
  }

  static void prepareTexts(Path folder) {
    PLUGINS.modalities().get("text").preprocessor(folder, "bert").close();
  }

  final void readTable(Path folder) {
    Table.read(
        folder.resolve(file),
        Map.of("text", PLUGINS.modalities().get("text")),
        Table.Labelled.REQUIRED);
  }
}
