package org.pmf4j.modalities.text.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.modalities.Fixtures;

/** Files that no tokenizer can be made of, or that go wrong on a text: one line each. */
class BadTokenizersTest {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String WORDS = "{'type':'WordLevel','vocab':{'a':0},'unk_token':'a'}";

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{'type':'FixedLength','length':0}; pre_tokenizer.length must be 1 or more, found \"0\"",
        "{'type':'New'}; pre_tokenizer has the type \"New\", which is unknown",
        "{'type':'Whitespace','x':1}; pre_tokenizer has the key \"x\", which is not known here",
        "{'type':'Split','pattern':{'Regex':'('},'behavior':'Removed','invert':false};"
            + " pre_tokenizer.pattern has an expression that cannot be read: \"(\"",
        "{'type':'Split','pattern':{'String':'a'},'behavior':'Gone','invert':false};"
            + " pre_tokenizer.behavior must be Removed, Isolated, MergedWithPrevious,"
            + " MergedWithNext or Contiguous, found \"Gone\"",
        "{'type':'Sequence','pretokenizers':[{'type':'Digits'}]};"
            + " pre_tokenizer.pretokenizers[0].individual_digits must be true or false, found"
            + " nothing",
        "{'type':'Metaspace','replacement':'ab'};"
            + " pre_tokenizer.replacement must be one character, found \"ab\""
      })
  void preTokenizersAreRefused(String step, String message) {
    assertThatThrownBy(() -> Pipelines.of("", step, WORDS))
        .isInstanceOf(PmfException.class)
        .hasMessage("t.json: " + message);
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{'type':'BPE','vocab':{'a':0,'b':1,'ab':2},'merges':['a b'],"
            + "'continuing_subword_prefix':'####'}; second part without the prefix",
        "{'type':'BPE','vocab':{'a':0},'merges':['a b']}; the token \"b\", which the vocabulary",
        "{'type':'BPE','vocab':{'a':0},'merges':['a']}; merges[0] that is no pair of tokens",
        "{'type':'BPE','vocab':{'a':0},'merges':[],'dropout':0.1}; model.dropout must be absent",
        "{'type':'BPE','vocab':{'a':-1},'merges':[]}; must be a whole number from 0",
        "{'type':'BPE','vocab':{'a':4294967296},'merges':[]}; must be a whole number from 0",
        "{'type':'Unigram','vocab':[['a']]}; must be a token and its score",
        "{'type':'Unigram','vocab':[['a',0]],'unk_id':1}; model.unk_id must be the id of a token",
        "{'type':'WordPiece','vocab':{'a':0}}; model.unk_token must be a string",
        "{'type':'New','vocab':{'a':0}}; model has the type \"New\", which is unknown"
      })
  void modelsAreRefused(String model, String part) {
    assertThatThrownBy(() -> Pipelines.of("", "", model))
        .isInstanceOf(PmfException.class)
        .hasMessageStartingWith("t.json: model")
        .hasMessageContaining(part);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{'type':'WordLevel','vocab':{'a':0},'unk_token':'?'}",
        "{'type':'WordPiece','vocab':{'a':0},'unk_token':'?','continuing_subword_prefix':'##',"
            + "'max_input_chars_per_word':100}",
        "{'type':'BPE','vocab':{'a':0},'merges':[],'unk_token':'?'}",
        "{'type':'Unigram','vocab':[['a',0]]}"
      })
  void anUnknownWordWithoutAnUnknownTokenIsNamed(String model) {
    Tokenizer tokenizer = Pipelines.of("", "", model);
    assertThatThrownBy(() -> tokenizer.encode("b\n", 9, false))
        .isInstanceOf(PmfException.class)
        .hasMessageStartingWith("t.json: model does not know the word \"b\\u000A\", and ");
  }

  @Test
  @Timeout(600)
  void anExpressionThatTakesTooLongEnds() {
    Tokenizer tokenizer =
        Pipelines.of(
            "",
            "{'type':'Split','pattern':{'Regex':'(x+x+)+y'},'behavior':'Removed',"
                + "'invert':false}",
            WORDS);
    assertThatThrownBy(() -> tokenizer.encode("x".repeat(60) + "zy", 9, false))
        .isInstanceOf(PmfException.class)
        .hasMessage(
            "t.json: pre_tokenizer.pattern has an expression that takes too long for a text of this"
                + " kind");
  }

  @Test
  void replacementsThatGrowWithoutEndAreRefused() {
    String doubled = "{'type':'Replace','pattern':{'String':'a'},'content':'aaaaaaaaaaaaaaaa'}";
    String many = String.join(",", Collections.nCopies(12, doubled));
    Tokenizer tokenizer =
        Pipelines.of("{'type':'Sequence','normalizers':[" + many + "]}", "", WORDS);
    assertThatThrownBy(() -> tokenizer.encode("a", 9, false))
        .isInstanceOf(PmfException.class)
        .hasMessageStartingWith("t.json: normalizer")
        .hasMessageContaining("makes more than ");
  }

  @ParameterizedTest
  @CsvSource({"'', is cut short", "AAAA, is cut short", "/////w==, is cut short", "*, base 64"})
  void mapsOfCharactersAreRefused(String map, String reason) {
    assertThatThrownBy(
            () ->
                Pipelines.of(
                    "{'type':'Precompiled','precompiled_charsmap':'" + map + "'}", "", WORDS))
        .isInstanceOf(PmfException.class)
        .hasMessageContaining("normalizer has a map of characters that")
        .hasMessageContaining(reason);
  }

  /** Any change of a file gives a tokenizer that works, or one line. */
  @Test
  void changedFilesGiveTokensOrOneLine() throws IOException {
    long seed = 20261128;
    Random random = new Random(seed);
    List<String> names = new ArrayList<>();
    try (Stream<Path> files = Files.list(Fixtures.path("pipelines"))) {
      files.forEach(f -> names.add(f.getFileName().toString().replace(".json", "")));
    }
    names.sort(null);
    List<String> texts = List.of("", "red the Crème 12", "ab\u0000 [MASK] <s>é色", " ".repeat(9));
    for (int i = 0; i < 800; i++) {
      ObjectNode json = Pipelines.json(names.get(i % names.size()));
      for (int changes = random.nextInt(3); changes >= 0; changes--) {
        change(json, random);
      }
      int number = i;
      assertThatCode(() -> use(json, texts))
          .as("change %d of seed %d: %s", number, seed, Quoted.of(json.toString()))
          .satisfiesAnyOf(
              e -> assertThat(e).isNull(),
              e ->
                  assertThat(e)
                      .isInstanceOf(PmfException.class)
                      .hasMessageStartingWith("t.json: ")
                      .hasMessageNotContaining("\n"));
    }
  }

  private static void use(ObjectNode json, List<String> texts) {
    Tokenizer tokenizer = Tokenizer.read("t.json", json, false);
    for (String text : texts) {
      tokenizer.encode(text, tokenizer.around() + 16, false);
    }
  }

  private static void change(JsonNode node, Random random) {
    if (node instanceof ObjectNode object && !object.isEmpty()) {
      List<String> keys = new ArrayList<>();
      object.fieldNames().forEachRemaining(keys::add);
      String key = keys.get(random.nextInt(keys.size()));
      if (object.get(key).isContainerNode() && random.nextInt(5) > 0) {
        change(object.get(key), random);
      } else if (random.nextInt(4) == 0) {
        object.remove(key);
      } else {
        object.set(key, value(random));
      }
    } else if (node instanceof ArrayNode array && !array.isEmpty()) {
      int at = random.nextInt(array.size());
      if (array.get(at).isContainerNode() && random.nextInt(5) > 0) {
        change(array.get(at), random);
      } else if (random.nextInt(4) == 0) {
        array.remove(at);
      } else {
        array.set(at, value(random));
      }
    }
  }

  private static JsonNode value(Random random) {
    return switch (random.nextInt(12)) {
      case 0 -> JSON.nullNode();
      case 1 -> JSON.numberNode(random.nextInt());
      case 2 -> JSON.numberNode(Long.MAX_VALUE);
      case 3 -> JSON.numberNode(random.nextDouble() * 1e300);
      case 4 -> JSON.textNode("");
      case 5 -> JSON.textNode("(a*)*b|[");
      case 6 -> JSON.textNode("a\uD800");
      case 7 -> JSON.booleanNode(random.nextBoolean());
      case 8 -> JSON.arrayNode().add("a").add(0);
      case 9 -> JSON.objectNode().put("type", "Sequence");
      case 10 -> JSON.textNode("<unk>");
      default -> JSON.numberNode(random.nextInt(3));
    };
  }

  @Test
  void longValuesAndControlCharactersDoNotReachAMessage() {
    assertThatThrownBy(() -> Pipelines.of("", "{'type':'" + "x\\n".repeat(500) + "'}", WORDS))
        .isInstanceOf(PmfException.class)
        .hasMessageNotContaining("\n")
        .message()
        .hasSizeLessThan(600);
  }
}
