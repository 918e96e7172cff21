package org.pmf4j.modalities.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.api.modality.Pretraining;
import org.pmf4j.api.modality.Pretraining.MaskedTokens;
import org.pmf4j.api.modality.Pretraining.Sizes;
import org.pmf4j.api.modality.Source;
import org.pmf4j.modalities.directory.SettingsFiles;

class TextPretrainingTest {
  private static final Pretraining PRETRAINING = new TextModality().pretraining().orElseThrow();
  private static final List<Source> CORPUS =
      Stream.of(
              "What color is the rectangle?",
              "Is the Rectangle red, or is it blue?",
              "Crème brûlée, crème fraîche: is it red?",
              "这 红色 红色, рыба и рыбак",
              "the end the end")
          .<Source>map(Source.Text::new)
          .toList();

  @TempDir Path folder;

  @Test
  void frequentWordsBecomeTokensOfTheirOwn() throws IOException {
    PRETRAINING.initialize(folder, sizes(200), CORPUS);
    List<String> vocabulary = Files.readAllLines(folder.resolve("vocab.txt"));
    assertThat(vocabulary).startsWith("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");
    assertThat(vocabulary).contains("is", "the", "rectangle", "creme", "red", "红", "?", "##ct");
    assertThat(vocabulary).doesNotHaveDuplicates().doesNotContain("The", "crème", "");
    assertThat(vocabulary).hasSizeLessThanOrEqualTo(200);
  }

  @Test
  void everyTextOfTheCorpusIsSpelledWithoutUnknownTokens() {
    PRETRAINING.initialize(folder, sizes(200), CORPUS);
    try (Preprocessor preprocessor = new TextModality().preprocessor(folder, "bert")) {
      for (Source text : CORPUS) {
        assertThat(preprocessor.prepare(text).get("input_ids").longs()).doesNotContain(1);
      }
      assertThat(preprocessor.prepare(new Source.Text("ξ")).get("input_ids").longs())
          .containsExactly(2, 1, 3);
    }
  }

  @Test
  void theVocabularyFileAloneGivesTheSameIds() throws IOException {
    PRETRAINING.initialize(folder, sizes(60), CORPUS);
    List<long[]> ids = idsOfTheCorpus();
    Files.delete(folder.resolve("tokenizer.json"));
    assertThat(idsOfTheCorpus()).containsExactlyElementsOf(ids);
  }

  private List<long[]> idsOfTheCorpus() {
    try (Preprocessor preprocessor = new TextModality().preprocessor(folder, "bert")) {
      return CORPUS.stream().map(t -> preprocessor.prepare(t).get("input_ids").longs()).toList();
    }
  }

  @Test
  void theSameCorpusGivesTheSameBytes() throws IOException {
    Path again = Files.createDirectory(folder.resolve("again"));
    Path once = Files.createDirectory(folder.resolve("once"));
    PRETRAINING.initialize(once, sizes(90), CORPUS);
    PRETRAINING.initialize(again, sizes(90), CORPUS);
    for (String name :
        List.of("vocab.txt", "tokenizer.json", "tokenizer_config.json", "config.json")) {
      assertThat(again.resolve(name)).hasSameBinaryContentAs(once.resolve(name));
    }
  }

  @Test
  void theMostFrequentPairsAreMergedFirst() {
    Map<List<String>, Long> words = new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
    words.put(List.of("h", "##u", "##g"), 10L);
    words.put(List.of("p", "##u", "##g"), 5L);
    words.put(List.of("p", "##u", "##n"), 12L);
    words.put(List.of("b", "##u", "##n"), 4L);
    assertThat(WordPieceTrainer.train(words, 100))
        .containsExactly(
            "##g", "##n", "##u", "b", "h", "p", "pu", "pun", "##ug", "hug", "pug", "##un", "bun");
  }

  @Test
  void maskedTrainingLearnsTheVocabularyFromTheDirectory() {
    PRETRAINING.initialize(folder, sizes(60), CORPUS);
    MaskedTokens masked = PRETRAINING.maskedTokens().orElseThrow();
    int size = new SettingsFiles(folder).find("config.json").orElseThrow().size("vocab_size");
    assertThat(masked.input()).isEqualTo("input_ids");
    assertThat(masked.vocabulary(folder))
        .isEqualTo(new MaskedTokens.Vocabulary(size, 4, List.of(0, 1, 2, 3, 4)));
  }

  @Test
  void impossibleSettingsAreRefused() {
    refused(new Sizes(48, 2, 5, Map.of()), CORPUS, "width 48 must be a multiple of heads 5");
    refused(
        new Sizes(48, 2, 4, Map.of("patch-size", 9)),
        CORPUS,
        "unknown size 'patch-size'; known: max-length, mlp-width, vocab-size");
    refused(sizes(6), CORPUS, "vocab-size must be 7 or more, got 6");
    refused(
        new Sizes(48, 2, 4, Map.of("max-length", 2)),
        CORPUS,
        "max-length must be 3 or more, got 2");
    refused(
        sizes(60),
        List.of(new Source.Text(" \t ")),
        "the column of texts has no words to make a vocabulary from");
  }

  private void refused(Sizes sizes, List<Source> corpus, String message) {
    assertThatThrownBy(() -> PRETRAINING.initialize(folder, sizes, corpus))
        .isInstanceOf(PmfException.class)
        .hasMessage(message);
    assertThat(folder).isEmptyDirectory();
  }

  private static Sizes sizes(int vocabulary) {
    return new Sizes(48, 2, 4, Map.of("vocab-size", vocabulary));
  }
}
