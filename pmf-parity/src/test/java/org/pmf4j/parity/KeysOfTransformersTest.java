package org.pmf4j.parity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pmf4j.modalities.ModalitiesPlugin;
import org.pmf4j.modalities.directory.KeyList;
import org.pmf4j.modalities.directory.KeyList.Entry;
import org.pmf4j.modalities.directory.KeyList.Verdict;

/** The fixtures are what {@code make_key_fixtures.py} found out under each version. */
@DisplayName(
    "The lists of keys hold all that transformers 4 and 5 know, and say of each what is true")
class KeysOfTransformersTest {
  private static final String COMMON = "config";
  private static final String PROCESSOR = "preprocessor_config.";
  private static final List<String> PROCESSORS =
      Stream.of(
              "ViT",
              "DeiT",
              "CLIP",
              "Bit",
              "Siglip",
              "Beit",
              "VideoMAE",
              "DINOv3ViT",
              "AST",
              "Wav2Vec2",
              "Whisper")
          .map(PROCESSOR::concat)
          .toList();

  /**
   * Keys that are honoured and show in no fixture: they stand in another test, which is named, or
   * bound something instead of changing it.
   */
  private static final Map<String, String> ELSEWHERE =
      Map.ofEntries(
          Map.entry("model_type", "it picks the family in every test"),
          Map.entry("head_dim", "FamilyConfigTest: must agree with other keys"),
          Map.entry("num_feat_extract_layers", "FamilyConfigTest: must agree with other keys"),
          Map.entry(
              "relative_attention_num_buckets", "FamilyConfigTest: must be what the code has"),
          Map.entry("vision_config", "clip-whole and siglip-whole"),
          Map.entry("text_config", "clip-whole-texts and siglip-whole-texts"),
          Map.entry("sliding_window", "OtherNamesTest"),
          Map.entry("rope_scaling", "FamilyConfigTest: must be plain"),
          Map.entry("num_channels", "vit-patch-16-grey-1-head, the one code of all families"),
          Map.entry("vision_config_dict", "OtherNamesTest"),
          Map.entry("text_config_dict", "OtherNamesTest"));

  /** Other names of settings, by the family that has them. */
  private static final Map<String, Set<String>> OTHER_NAMES =
      Map.of(
          "config.distilbert", Set.of("hidden_size", "num_attention_heads", "num_hidden_layers"),
          "config.gpt2",
              Set.of(
                  "hidden_size",
                  "num_attention_heads",
                  "num_hidden_layers",
                  "max_position_embeddings"),
          "config.t5",
              Set.of("hidden_size", "num_attention_heads", "num_hidden_layers", "head_dim"),
          "config.whisper",
              Set.of(
                  "hidden_size",
                  "num_attention_heads",
                  "num_key_value_heads",
                  "num_hidden_layers"));

  private static final List<JsonNode> VERSIONS =
      Stream.of("4", "5").map(v -> json("keys/transformers-" + v + ".json")).toList();

  static Stream<String> families() {
    return new ModalitiesPlugin()
        .encoderFamilies().stream()
            .filter(family -> !family.modality().equals("tabular")) // transformers has none
            .map(family -> COMMON + "." + family.modelType())
            .distinct();
  }

  static Stream<String> lists() {
    return Stream.concat(families(), PROCESSORS.stream());
  }

  private static Map<String, Entry> all(String list) {
    return list.startsWith(PROCESSOR)
        ? KeyList.of(list).entries()
        : KeyList.of(COMMON, list).entries();
  }

  @ParameterizedTest(name = "every key that transformers knows is in {0}")
  @MethodSource("lists")
  void nothingIsMissing(String list) {
    for (JsonNode version : VERSIONS) {
      assertThat(all(list).keySet()).containsAll(strings(version.at("/known").get(list)));
      assertThat(all(list).keySet())
          .as("common keys")
          .containsAll(
              list.startsWith(PROCESSOR) ? List.of() : strings(version.at("/known").get(COMMON)));
    }
  }

  @ParameterizedTest(name = "every key of {0} is one of transformers, or a legacy one")
  @MethodSource("lists")
  void nothingIsInvented(String list) {
    Set<String> known = new TreeSet<>();
    VERSIONS.forEach(version -> known.addAll(strings(version.at("/known").get(list))));
    assertThat(named(KeyList.of(list), false)).isSubsetOf(known);
    assertThat(named(KeyList.of(list), true)).doesNotContainAnyElementsOf(known);
  }

  @ParameterizedTest(name = "every key of the common list is one of transformers, or a legacy one")
  @MethodSource("common")
  void nothingCommonIsInvented(String list) {
    Set<String> known = new TreeSet<>();
    VERSIONS.forEach(version -> version.get("known").forEach(l -> known.addAll(strings(l))));
    assertThat(named(KeyList.of(list), false)).isSubsetOf(known);
  }

  static Stream<String> common() {
    return Stream.of(COMMON);
  }

  private static Set<String> named(KeyList list, boolean legacy) {
    Set<String> keys = new TreeSet<>();
    list.entries()
        .forEach(
            (key, entry) -> {
              if (entry.why().startsWith("legacy: ") == legacy) {
                keys.add(key);
              }
            });
    return keys;
  }

  @ParameterizedTest(name = "no irrelevant key of {0} changes what transformers computes")
  @MethodSource("lists")
  void irrelevantKeysChangeNothing(String list) {
    List<String> contradictions = new ArrayList<>();
    for (Map.Entry<String, Entry> entry : all(list).entrySet()) {
      Set<String> found = tried(list, entry.getKey());
      boolean same = found.contains("same") || found.isEmpty();
      if (entry.getValue().verdict() == Verdict.IRRELEVANT
          && (found.contains("differs") || !same)) {
        contradictions.add(entry.getKey() + " " + found);
      }
    }
    assertThat(contradictions).isEmpty();
  }

  @ParameterizedTest(name = "every honoured key of {0} changes what transformers computes")
  @MethodSource("families")
  void honouredKeysChangeSomething(String list) {
    List<String> idle = new ArrayList<>();
    for (Map.Entry<String, Entry> entry : KeyList.of(list).entries().entrySet()) {
      // A limit changes nothing below it, and a half's settings stand in it when it is alone
      Set<String> exempt =
          Set.of(
              "max_position_embeddings",
              "n_positions",
              "max_source_positions",
              "vision_config",
              "text_config");
      // Of images of another size DINOv3 of transformers makes what it makes of its own size
      boolean demanded = list.equals("config.dinov3_vit") && entry.getKey().equals("image_size");
      if (entry.getValue().verdict() == Verdict.HONOURED
          && !exempt.contains(entry.getKey())
          && !demanded
          && tried(list, entry.getKey()).stream().allMatch("same"::equals)) {
        idle.add(entry.getKey());
      }
    }
    assertThat(idle).isEmpty();
  }

  private static Set<String> tried(String list, String key) {
    Set<String> found = new TreeSet<>();
    for (JsonNode version : VERSIONS) {
      JsonNode verdict = version.at("/tried").path(list).path(key);
      if (!verdict.isMissingNode()) {
        found.add(verdict.asText());
      }
    }
    return found;
  }

  @ParameterizedTest(name = "every honoured key of {0} has another value than usual in a fixture")
  @MethodSource("families")
  void honouredKeysAreHeldByFixtures(String list) {
    List<JsonNode> configs =
        Stream.of("encoders", "encoders-5")
            .flatMap(folder -> Fixtures.folders(folder).stream())
            .map(folder -> json(Fixtures.root().relativize(folder) + "/config.json"))
            .flatMap(c -> Stream.of(c, c.path("vision_config"), c.path("text_config")))
            .filter(config -> (COMMON + "." + config.path("model_type").asText()).equals(list))
            .toList();
    JsonNode usual = VERSIONS.get(0).at("/defaults").path(list);
    Set<String> unheld = new TreeSet<>();
    KeyList.of(list)
        .entries()
        .forEach(
            (key, entry) -> {
              boolean held =
                  ELSEWHERE.containsKey(key)
                      || OTHER_NAMES.getOrDefault(list, Set.of()).contains(key)
                      || configs.stream().anyMatch(c -> c.has(key) && differs(c, usual, key));
              if (entry.verdict() == Verdict.HONOURED && !held) {
                unheld.add(key);
              }
            });
    assertThat(unheld).isEmpty();
  }

  private static boolean differs(JsonNode config, JsonNode usual, String key) {
    return !config.get(key).equals(usual.path(key));
  }

  private static List<String> strings(JsonNode list) {
    List<String> strings = new ArrayList<>();
    list.forEach(s -> strings.add(s.asText()));
    return strings;
  }

  private static JsonNode json(String name) {
    try {
      Path file = Fixtures.root().resolve(name);
      return new ObjectMapper().readTree(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new IllegalStateException(name, e);
    }
  }
}
