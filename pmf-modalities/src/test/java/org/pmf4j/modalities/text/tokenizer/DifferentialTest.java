package org.pmf4j.modalities.text.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pmf4j.modalities.Fixtures;
import org.pmf4j.modalities.directory.SettingsFiles;

/** Every kind of tokenizer against the tokenizers library. */
class DifferentialTest {
  private static final long SEED = 20261127;

  /** For each tokenizer; {@code -Dtokenizer.texts=20000} by hand. */
  private static final int TEXTS = Integer.getInteger("tokenizer.texts", 700);

  static Stream<String> pipelines() throws IOException {
    try (Stream<Path> files = Files.list(Fixtures.path("pipelines"))) {
      return files.map(f -> f.getFileName().toString()).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("pipelines")
  void idsAndTypesAreThoseOfTheLibrary(String name) {
    ObjectNode json = new SettingsFiles(Fixtures.path("pipelines")).object(name);
    Tokenizer ours = Tokenizer.read(name, json, false);
    NastyTexts texts = new NastyTexts(SEED);
    try (NativeTokenizer library = new NativeTokenizer(json)) {
      for (int i = 0; i < TEXTS; i++) {
        String text = texts.next();
        Encoded right = library.encode(text);
        Encoded got = ours.encode(text, Integer.MAX_VALUE, false);
        assertThat(got.ids())
            .as("text %d of seed %d: %s", i, SEED, Quoted.of(text))
            .isEqualTo(right.ids());
        assertThat(got.types()).as("types").isEqualTo(right.types());
      }
    }
  }

  /** Long enough to be read in pieces. */
  @ParameterizedTest
  @MethodSource("pipelines")
  void longTextsBeginAsTheyDoWhenReadWhole(String name) {
    ObjectNode json = new SettingsFiles(Fixtures.path("pipelines")).object(name);
    Tokenizer ours = Tokenizer.read(name, json, false);
    NastyTexts texts = new NastyTexts(SEED + 1);
    try (NativeTokenizer library = new NativeTokenizer(json)) {
      for (int i = 0; i < 5; i++) {
        StringBuilder text = new StringBuilder();
        while (text.length() < 20_000) {
          text.append(texts.next()).append(" red the ").append("这是一个测试".repeat(i % 3));
        }
        int[] right = library.encode(text.toString()).ids();
        assertThat(ours.encode(text.toString(), Integer.MAX_VALUE, false).ids())
            .as("text %d of seed %d", i, SEED + 1)
            .isEqualTo(right);
        int room = 512 - ours.around();
        List<Integer> start = list(ours.encode(text.toString(), 512, false).ids());
        List<Integer> end = list(ours.encode(text.toString(), 512, true).ids());
        int before = name.equals("gpt2_prefix.json") || ours.around() == 0 ? 0 : 1;
        List<Integer> all = list(right);
        int last = right.length - (ours.around() - before);
        assertThat(start.subList(before, before + room))
            .isEqualTo(all.subList(before, before + room));
        assertThat(end.subList(before, before + room)).isEqualTo(all.subList(last - room, last));
      }
    }
  }

  private static List<Integer> list(int[] ids) {
    return Arrays.stream(ids).boxed().toList();
  }
}
