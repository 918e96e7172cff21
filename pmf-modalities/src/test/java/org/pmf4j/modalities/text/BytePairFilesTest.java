package org.pmf4j.modalities.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.modalities.Fixtures;

@DisplayName("vocab.json and merges.txt")
class BytePairFilesTest {
  @TempDir private Path folder;

  @BeforeEach
  void copy() throws IOException {
    Path from = Fixtures.path("tokenizers/roberta_vocab_and_merges");
    for (String name :
        List.of("config.json", "tokenizer_config.json", "vocab.json", "merges.txt")) {
      Files.copy(from.resolve(name), folder.resolve(name));
    }
  }

  @Test
  void oneOfThemAloneIsNoTokenizer() throws IOException {
    Files.delete(folder.resolve("merges.txt"));
    refused(folder + ": there is neither tokenizer.json nor vocab.txt nor vocab.json with merges");
  }

  @Test
  void ofAnotherKindOfTokenizerAreRefused() throws IOException {
    edit("tokenizer_config.json", "RobertaTokenizer", "GPT2Tokenizer");
    refused("vocab.json and merges.txt are read for RobertaTokenizer alone");
  }

  @Test
  void withoutASpecialTokenAreRefused() throws IOException {
    edit("vocab.json", "\"<mask>\"", "\"<hidden>\"");
    refused(folder.resolve("vocab.json") + ": the special token <mask> has no id");
  }

  @Test
  void withALineThatIsNoPairAreRefused() throws IOException {
    String merges = Files.readString(folder.resolve("merges.txt"));
    Files.writeString(folder.resolve("merges.txt"), merges + "a b c\n");
    refused(
        folder.resolve("merges.txt") + ": line " + (merges.lines().count() + 1) + " is no pair");
  }

  @Test
  void withAPairThatTheVocabularyLacksAreRefused() throws IOException {
    String merges = Files.readString(folder.resolve("merges.txt"));
    Files.writeString(folder.resolve("merges.txt"), merges + "zzz yyy\n");
    refused("with the token \"zzz\", which the vocabulary lacks");
  }

  private void edit(String name, String from, String to) throws IOException {
    String text = Files.readString(folder.resolve(name));
    assertThat(text).contains(from);
    Files.writeString(folder.resolve(name), text.replace(from, to));
  }

  private void refused(String reason) {
    assertThatThrownBy(
            () -> {
              try (Preprocessor p = new TextModality().preprocessor(folder, "roberta")) {
                p.fingerprint();
              }
            })
        .isInstanceOf(PmfException.class)
        .hasMessageContaining(reason)
        .message()
        .doesNotContain("\n");
  }
}
